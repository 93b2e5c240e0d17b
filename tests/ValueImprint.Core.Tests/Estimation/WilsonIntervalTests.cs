using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class WilsonIntervalTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Of_PublishedExamples_AgreesToFourDigits(long count, long total, double lower, double upper)
    {
        var interval = WilsonInterval.Of(new Share(count, total), ConfidenceLevel.Default);

        Assert.Equal(lower, interval.Lower, 0.00005);
        Assert.Equal(upper, interval.Upper, 0.00005);
    }

    [Fact]
    public void Of_AllOrNothing_EndsAtOneOrZeroExactly()
    {
        Assert.Equal(0, WilsonInterval.Of(new Share(0, 7), ConfidenceLevel.Default).Lower);
        Assert.Equal(1, WilsonInterval.Of(new Share(7, 7), ConfidenceLevel.Default).Upper);
        Assert.Equal(new Interval(0, 1), WilsonInterval.Of(new Share(0, 0), ConfidenceLevel.Default));
    }

    [Fact]
    public void CompareEnds_RandomSharesAndBounds_AgreeWithTheComputedEnds()
    {
        const int seed = 20260131;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var total = random.NextInt64(1, 1_000_000);
            var share = new Share(random.NextInt64(0, total + 1), total);
            var bound = random.Next(0, 10_001);
            var level = new ConfidenceLevel(0.5 + random.NextDouble() * 0.499);
            var interval = WilsonInterval.Of(share, level);

            AssertSide(interval.Lower, WilsonInterval.CompareLowerEnd(share, bound, 10_000, level));
            AssertSide(interval.Upper, WilsonInterval.CompareUpperEnd(share, bound, 10_000, level));

            void AssertSide(double end, int side)
            {
                var difference = end - bound / 10_000.0;
                Assert.True(
                    Math.Abs(difference) < 1e-11 || Math.Sign(difference) == Math.Sign(side),
                    $"Seed {seed}, round {round}: {share} at {level}: end {end:R}, bound {bound}/10000, side {side}.");
            }
        }
    }

    [Fact]
    public void CompareLowerEnd_ZeroOfSomethingWithZero_IsEqual()
    {
        Assert.Equal(0, WilsonInterval.CompareLowerEnd(new Share(0, 20), 0, 1, ConfidenceLevel.Default));
        Assert.Equal(0, WilsonInterval.CompareUpperEnd(new Share(20, 20), 1, 1, ConfidenceLevel.Default));
        Assert.Equal(1, WilsonInterval.CompareLowerEnd(new Share(1, 20), 0, 1, ConfidenceLevel.Default));
    }

    [Fact]
    public void CompareUpperEnd_HugeCounts_DoesNotOverflow()
    {
        var share = new Share(long.MaxValue / 4, long.MaxValue / 2);

        Assert.Equal(-1, WilsonInterval.CompareUpperEnd(share, 50_0001, 100_0000, ConfidenceLevel.Default));
        Assert.Equal(1, WilsonInterval.CompareUpperEnd(share, 49_9999, 100_0000, ConfidenceLevel.Default));
    }
}
