using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class ConfidenceSequenceTests
{
    private const double ErrorRate = 0.05;

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Side_TotalAtTheBorder_IsWrongNoMoreOftenThanStated(double share)
    {
        const int population = 1000, orders = 2000;
        var ones = (long)(population * share);
        var (above, below) = (0, 0);

        for (var seed = 0; seed < orders; seed++)
        {
            // The total is not above the border and not below it: to say either is an error.
            var side = RunToTheEnd(new ConfidenceSequence(population, ones, ones, ErrorRate), new RandomOrder(population, ones, (ulong)seed));
            above += side == SequenceSide.Above ? 1 : 0;
            below += side == SequenceSide.Below ? 1 : 0;
        }

        // Three standard deviations of the count for chance; a test that never errs would not have to be looked at.
        var most = orders * ErrorRate + 3 * Math.Sqrt(orders * ErrorRate * (1 - ErrorRate));
        Assert.InRange(above, 1, most);
        Assert.InRange(below, 1, most);
    }

    [Fact]
    public void Side_RowsOfTwoTexts_IsWrongNoMoreOftenThanStated()
    {
        const int population = 600, orders = 2000;
        var random = new SeededRandom(7);
        var above = 0;
        for (var order = 0; order < orders; order++)
        {
            var numbers = Enumerable.Range(0, population).Select(static index => (index % 3) / 2.0).ToArray();
            Shuffle(numbers, random);
            var sequence = new ConfidenceSequence(population, numbers.Sum(), numbers.Sum(), ErrorRate);
            foreach (var number in numbers)
            {
                sequence.Add(number);
            }

            above += sequence.Side == SequenceSide.Above ? 1 : 0;
        }

        Assert.InRange(above, 1, orders * ErrorRate + 3 * Math.Sqrt(orders * ErrorRate * (1 - ErrorRate)));
    }

    [Theory]
    [InlineData(101, SequenceSide.Above)]
    [InlineData(100, SequenceSide.Open)]
    [InlineData(99, SequenceSide.Below)]
    public void Side_AfterTheLastNumber_IsTheTruth(long ones, SequenceSide expected)
    {
        // So small an error rate that only certainty is left.
        var sequence = new ConfidenceSequence(1000, 100, 100, 1e-200);

        Assert.Equal(expected, RunToTheEnd(sequence, new RandomOrder(1000, ones, 3)));
    }

    [Theory]
    [InlineData(0.05, 0.06, 30_000)]
    [InlineData(0.05, 0.10, 2_000)]
    [InlineData(0.50, 0.52, 40_000)]
    [InlineData(0.50, 0.55, 5_000)]
    public void Side_ClearCaseOfAMillion_TakesThousands(double border, double share, long most)
    {
        const long population = 1_000_000;
        for (var seed = 0UL; seed < 20; seed++)
        {
            var order = new RandomOrder(population, (long)(population * share), seed);
            var sequence = new ConfidenceSequence(population, population * border, population * border, 0.001);
            while (sequence.Side == SequenceSide.Open)
            {
                sequence.Add(order.Next());
            }

            Assert.Equal(SequenceSide.Above, sequence.Side);
            Assert.InRange(sequence.Seen, 1, most);
        }
    }

    [Fact]
    public void Side_BordersNobodyCanReach_IsKnownAtOnce()
    {
        Assert.Equal(SequenceSide.Above, new ConfidenceSequence(10, -2, -1, ErrorRate).Side);
        Assert.Equal(SequenceSide.Below, new ConfidenceSequence(10, 11, 12, ErrorRate).Side);
    }

    [Fact]
    public void Add_WhatIsNoNumberOfThePopulation_Throws()
    {
        var sequence = new ConfidenceSequence(1, 0.5, 0.5, ErrorRate);

        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Add(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Add(1.5));
        sequence.Add(1);
        Assert.Throws<InvalidOperationException>(() => sequence.Add(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceSequence(0, 0, 0, ErrorRate));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceSequence(1, 0, 0, double.NaN));
    }

    private static SequenceSide RunToTheEnd(ConfidenceSequence sequence, RandomOrder order)
    {
        while (sequence.Seen < sequence.Population)
        {
            sequence.Add(order.Next());
        }

        return sequence.Side;
    }

    private static void Shuffle(double[] numbers, SeededRandom random)
    {
        for (var last = numbers.Length - 1; last > 0; last--)
        {
            var other = (int)(random.NextDouble() * (last + 1));
            (numbers[last], numbers[other]) = (numbers[other], numbers[last]);
        }
    }
}
