using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class PairedStatisticsTests
{
    // Binomial tails by hand: 2 · (1 + 14 + 91) / 2¹⁴ and 2 / 2⁵.
    [Theory]
    [InlineData(12, 2, 0.012939453125)]
    [InlineData(2, 12, 0.012939453125)]
    [InlineData(5, 0, 0.0625)]
    [InlineData(0, 0, 1)]
    [InlineData(7, 7, 1)]
    [InlineData(8, 7, 1)]
    public void ExactPValue_SmallCounts_IsTheBinomialTail(long first, long second, double expected) =>
        Assert.Equal(expected, McNemar.ExactPValue(first, second), 1e-12);

    [Fact]
    public void ExactPValue_LargeCounts_NearsTheNormalTail()
    {
        // z with continuity correction; the exact test of a million pairs can hardly differ from it.
        const long first = 501_000;
        const long second = 499_000;
        var z = (first - second - 1) / Math.Sqrt(first + second);

        Assert.Equal(2 * StandardNormal.Cumulative(-z), McNemar.ExactPValue(first, second), 1e-5);
    }

    [Fact]
    public void ExactPValue_HugeDifference_IsZeroNotNaN() => Assert.Equal(0, McNemar.ExactPValue(1_000_000_000, 0));

    [Fact]
    public void Adjust_Example_StepsUp()
    {
        var adjusted = BenjaminiHochberg.Adjust([0.01, 0.04, 0.03, 0.005]);

        Assert.Equal([0.02, 0.04, 0.04, 0.02], adjusted.Select(static value => Math.Round(value, 12)));
    }

    [Fact]
    public void Adjust_Nothing_GivesNothing() => Assert.Empty(BenjaminiHochberg.Adjust([]));

    // Newcombe 1998 (independent proportions), table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    public void Independent_PublishedExamples_AgreesToFourDigits(long one, long ofOne, long other, long ofOther, double lower, double upper)
    {
        var interval = DifferenceInterval.Independent(new Share(one, ofOne), new Share(other, ofOther), ConfidenceLevel.Default);

        Assert.Equal(lower, interval.Lower, 0.00005);
        Assert.Equal(upper, interval.Upper, 0.00005);
    }

    [Fact]
    public void Paired_SidesSwapped_TurnsRound()
    {
        var one = DifferenceInterval.Paired(20, 12, 5, 100, ConfidenceLevel.Default);
        var other = DifferenceInterval.Paired(20, 5, 12, 100, ConfidenceLevel.Default);

        Assert.Equal(one.Lower, -other.Upper, 1e-15);
        Assert.Equal(one.Upper, -other.Lower, 1e-15);
    }

    [Theory]
    [InlineData(0.3, 0.1, 0.05)]
    [InlineData(0.02, 0.03, 0.01)]
    [InlineData(0.0, 0.05, 0.05)]
    public void Paired_DrawnPairs_HoldsTheTruthAsOftenAsItSays(double both, double firstOnly, double secondOnly)
    {
        const ulong seed = 77;
        const int rounds = 2000;
        const int pairs = 300;
        var random = new SeededRandom(seed);
        var held = 0;
        for (var round = 0; round < rounds; round++)
        {
            long[] counts = [0, 0, 0, 0];
            for (var pair = 0; pair < pairs; pair++)
            {
                var chance = random.NextDouble();
                counts[chance < both ? 0 : chance < both + firstOnly ? 1 : chance < both + firstOnly + secondOnly ? 2 : 3]++;
            }

            var interval = DifferenceInterval.Paired(counts[0], counts[1], counts[2], pairs, ConfidenceLevel.Default);
            held += interval.Lower <= firstOnly - secondOnly && firstOnly - secondOnly <= interval.Upper ? 1 : 0;
        }

        Assert.InRange(held / (double)rounds, 0.93, 0.99);
    }

    [Theory]
    [InlineData(new[] { 1.0, 0 }, new[] { 0, 1.0 }, 1, 1)]
    [InlineData(new[] { 0.2, 0.8 }, new[] { 0.2, 0.8 }, 0, 0)]
    [InlineData(new[] { 0.5, 0.5 }, new[] { 1.0, 0 }, 0.31127812445913283, 0.5)]
    public void Divergence_KnownDistributions_IsRight(double[] one, double[] other, double jensenShannon, double totalVariation)
    {
        Assert.Equal(jensenShannon, Divergence.JensenShannon(one, other), 1e-12);
        Assert.Equal(totalVariation, Divergence.TotalVariation(one, other), 1e-12);
    }

    [Fact]
    public void NextGamma_ManyDraws_HaveMeanAndVarianceOfTheShape()
    {
        var random = new SeededRandom(3);
        foreach (var shape in new[] { 1.0, 7.0, 1e6 })
        {
            var draws = Enumerable.Range(0, 50_000).Select(_ => random.NextGamma(shape)).ToList();
            var mean = draws.Average();

            Assert.Equal(1, mean / shape, 0.02);
            Assert.Equal(1, draws.Average(draw => (draw - mean) * (draw - mean)) / shape, 0.05);
        }
    }
}
