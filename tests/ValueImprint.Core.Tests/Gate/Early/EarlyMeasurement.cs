using ValueImprint.Core.Estimation;
using ValueImprint.Core.Tests.Estimation;

namespace ValueImprint.Core.Tests.Gate.Early;

/// <summary>Measures how often an early decision errs, and how many rows it needs; the tables of the README of Gate/Early.</summary>
public sealed class EarlyMeasurement(ITestOutputHelper output)
{
    private const int Orders = 500;

    private static readonly double[] _borders = [0.02, 0.10, 0.50];

    [Fact]
    public void Sequence_AtTheBorder_ErrsNoMoreOftenThanStated()
    {
        SkipUnlessAsked();
        const long population = 20_000;
        const int orders = 2000;
        foreach (var errorRate in new[] { 0.10, 0.05, 0.01 })
        {
            foreach (var border in _borders)
            {
                var ones = (long)(population * border);
                var wrong = Enumerable.Range(0, orders).AsParallel().Count(seed =>
                    Run(population, ones, border, errorRate, (ulong)seed).Side == SequenceSide.Above);

                output.WriteLine($"error rate {errorRate:P0}, border {border:P0}: above in {(double)wrong / orders:P2} of {orders} orders");
                Assert.InRange(wrong, 0, orders * errorRate);
            }
        }
    }

    [Fact]
    public void Sequence_GapOfAMillion_NeedsRows()
    {
        SkipUnlessAsked();
        const long population = 1_000_000;
        foreach (var risks in new[] { 2, 11 })
        {
            foreach (var border in _borders)
            {
                foreach (var gap in new[] { 0.05, 0.02, 0.01 })
                {
                    var runs = Enumerable.Range(0, Orders).AsParallel()
                        .Select(seed => Run(population, (long)(population * (border + gap)), border, 0.01 / risks, (ulong)seed)).ToArray();
                    var rows = runs.Select(static run => run.Seen).Order().ToArray();

                    output.WriteLine($"{risks} risks, border {border:P0}, gap {gap:P0}: median {rows[Orders / 2]}, 95 % {rows[Orders * 95 / 100]}, "
                        + $"wrong {runs.Count(static run => run.Side != SequenceSide.Above)}");
                }
            }
        }

        foreach (var most in new[] { 0.001, 0.01 })
        {
            var run = new ConfidenceSequence(population, population * most, population * most, 0.01 / 2);
            while (run.Side == SequenceSide.Open)
            {
                run.Add(0);
            }

            output.WriteLine($"no bad row, {most:P1} allowed: {run.Seen} rows");
        }
    }

    private static ConfidenceSequence Run(long population, long ones, double border, double errorRate, ulong seed)
    {
        var order = new RandomOrder(population, ones, seed);
        var sequence = new ConfidenceSequence(population, population * border, population * border, errorRate);
        while (sequence.Side == SequenceSide.Open && sequence.Seen < population)
        {
            sequence.Add(order.Next());
        }

        return sequence;
    }

    private static void SkipUnlessAsked() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("VALUEIMPRINT_MEASURE") == "1", "Takes minutes; set VALUEIMPRINT_MEASURE=1.");
}
