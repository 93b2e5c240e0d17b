namespace ValueImprint.Core.Estimation;

/// <summary>
/// An always-valid confidence sequence for the total of a finite population of numbers in [0, 1] that are seen in random order, without
/// replacement, looked at where a decision hangs on it: whether it lies wholly above one border or wholly below another. It may be looked
/// at after every number and acted on at once; the error rate holds all the same. By the last number every total is settled that is not at
/// a border or between them.
/// </summary>
/// <remarks>
/// A confidence sequence is the set of totals that a sequential test does not reject: I. Waudby-Smith and A. Ramdas, "Confidence sequences
/// for sampling without replacement", Advances in Neural Information Processing Systems 33 (2020), and the betting tests of the same
/// authors (2024). Only the two borders have to be tested to know on which side of them the set lies.
/// </remarks>
public sealed class ConfidenceSequence
{
    private readonly BettingTest _above;
    private readonly BettingTest _below;

    /// <summary>Starts with nothing seen.</summary>
    /// <param name="population">How many numbers there are, from 1.</param>
    /// <param name="lower">The sequence is below when the total is less than this.</param>
    /// <param name="upper">The sequence is above when the total is more than this.</param>
    /// <param name="errorRate">
    /// Probability, over the random order, that it ever says "above" of a total that is not more than <paramref name="upper"/>; the same
    /// for "below". In (0, 1).
    /// </param>
    public ConfidenceSequence(long population, double lower, double upper, double errorRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 1);
        if (!(errorRate is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(errorRate), errorRate, "Expected a share above 0 and below 1.");
        }

        _above = new BettingTest(population, upper, errorRate);
        _below = new BettingTest(population, population - lower, errorRate);
        Population = population;
        Settle();
    }

    /// <summary>How many numbers there are.</summary>
    public long Population { get; }

    /// <summary>How many of them were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Where the total lies; once settled, it stays so.</summary>
    public SequenceSide Side { get; private set; }

    /// <summary>Takes the next number.</summary>
    /// <param name="number">In [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not in [0, 1].</exception>
    /// <exception cref="InvalidOperationException">All numbers of the population were seen before.</exception>
    public void Add(double number)
    {
        if (!(number is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "Expected a number from 0 to 1.");
        }

        if (Seen == Population)
        {
            throw new InvalidOperationException($"The population has {Population} numbers, and all were seen.");
        }

        Seen++;
        _above.Add(number);
        _below.Add(1 - number);
        Settle();
    }

    private void Settle()
    {
        if (Side == SequenceSide.Open)
        {
            Side = _above.IsRejected ? SequenceSide.Above : _below.IsRejected ? SequenceSide.Below : SequenceSide.Open;
        }
    }
}
