using System.Globalization;
using ValueImprint.Server.Services;

namespace ValueImprint.Server.Tests;

public sealed class RetryAdviceTests
{
    [Theory]
    [InlineData(0, 50, 50)]
    [InlineData(1000, 490, 1510)]
    [InlineData(600_000, 5000, 5000)]
    public void Milliseconds_ManyCallsOfOneLength_AreAboutThatLengthWithinBounds(int callMilliseconds, int least, int most)
    {
        var sut = new RetryAdvice();
        for (var call = 0; call < 200; call++)
        {
            sut.Took(TimeSpan.FromMilliseconds(callMilliseconds));
        }

        Assert.All(Enumerable.Range(0, 50), _ => Assert.InRange(int.Parse(sut.Milliseconds(), CultureInfo.InvariantCulture), least, most));
    }

    [Fact]
    public void Milliseconds_TwiceOver_AreSpread()
    {
        var sut = new RetryAdvice();

        Assert.True(Enumerable.Range(0, 50).Select(_ => sut.Milliseconds()).Distinct().Count() > 1);
    }
}
