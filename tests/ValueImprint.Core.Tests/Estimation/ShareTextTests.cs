using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class ShareTextTests
{
    [Theory]
    [InlineData(0, "0.00 %")]
    [InlineData(0.07, "7.00 %")]
    [InlineData(0.9999, "99.99 %")]
    [InlineData(1, "100.00 %")]
    [InlineData(double.NaN, "–")]
    public void Percent_Share_HasTwoDecimals(double share, string expected) => Assert.Equal(expected, ShareText.Percent(share));

    [Fact]
    public void Percent_NearAnotherOne_HasAsManyAsTellThemApart() => Assert.Equal("1.9996 %", ShareText.Percent(0.019996, 0.02));

    [Theory]
    [InlineData(0.023, "+2.30")]
    [InlineData(-0.0042, "-0.42")]
    [InlineData(-0.00001, "0.00")]
    public void Difference_Signs_AreShown(double difference, string expected) => Assert.Equal(expected, ShareText.Difference(difference));

    [Theory]
    [InlineData(0.0004, "< 0.001")]
    [InlineData(0.0312, "0.031")]
    public void Probability_Small_SaysOnlyThatItIs(double probability, string expected) => Assert.Equal(expected, ShareText.Probability(probability));
}
