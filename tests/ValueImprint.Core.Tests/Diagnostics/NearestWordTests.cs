using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Tests.Diagnostics;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("minimun", "minimum")]
    [InlineData("mininum", "minimum")]
    [InlineData("miniumm", "minimum")]
    [InlineData("MAXIMUM", "maximum")]
    [InlineData("scop", "scope")]
    [InlineData("ecsope", "scope")]
    public void Find_Misspelt_GivesTheWordMeant(string word, string expected) =>
        Assert.Equal(expected, NearestWord.Find(word, ["minimum", "maximum", "scope"]));

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("completely different")]
    public void Find_NothingNear_GivesNull(string word) => Assert.Null(NearestWord.Find(word, ["minimum", "maximum", "scope"]));

    [Fact]
    public void Find_VeryLongWord_GivesNullAtOnce() => Assert.Null(NearestWord.Find(new string('m', 1_000_000), ["minimum"]));
}
