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

/// <summary>
/// Tests, after every number, whether the total of a finite population of numbers in [0, 1] is at most a border, while they are drawn in
/// random order without replacement. A gambler who bets on "more" can't expect to win where that is so, and multiplies her stake by
/// 1 / error rate with at most that probability, however long she plays (Ville's inequality): when she does, the total is above.
/// <para>
/// I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal Statistical Society B
/// 86 (2024) 1–27, section 5: under the null, what is left has a mean of at most (border − sum so far) / (numbers left), and that is
/// the price of each bet. The stake is split over several fixed fractions of the largest bet; no choice of one has to be made.
/// </para>
/// </summary>
internal sealed class BettingTest
{
    // Below this, a stake can't come back, and would only slow the arithmetic down.
    private const double Lost = 1e-250;

    // Of borders' own size: sums of doubles may miss a border by rounding, never by so much.
    private const double Rounding = 1e-9;

    // A gap of d from a border at share b is best bet on with the fraction d / (1 − b); the grid goes down by halves.
    private static readonly double[] _fractions = [0.95, .. Enumerable.Range(1, 11).Select(static power => Math.Pow(0.5, power))];

    private readonly double[] _stakes = new double[_fractions.Length];
    private readonly long _population;
    private readonly double _border;
    private readonly double _target;
    private double _sum;
    private long _seen;

    public BettingTest(long population, double border, double errorRate)
    {
        (_population, _border, _target) = (population, border + Rounding * Math.Max(1, Math.Abs(border)), _fractions.Length / errorRate);
        Array.Fill(_stakes, 1);
        IsRejected = _border < 0;
    }

    /// <summary>The total is above the border; once true, it stays so.</summary>
    public bool IsRejected { get; private set; }

    public void Add(double number)
    {
        var price = (_border - _sum) / (_population - _seen);
        _seen++;
        _sum += number;
        if (!IsRejected)
        {
            // Beyond the border there is nothing to bet on: what was seen alone is more.
            IsRejected = _sum > _border || Bet(number, price) >= _target;
        }
    }

    private double Bet(double number, double price)
    {
        var (sum, gain) = (0.0, number / price - 1);
        for (var index = 0; index < _stakes.Length; index++)
        {
            var stake = _stakes[index] * (1 + _fractions[index] * gain);
            _stakes[index] = stake < Lost ? 0 : stake;
            sum += stake;
        }

        return sum;
    }
}

/// <summary>Where a <see cref="ConfidenceSequence"/> lies.</summary>
public enum SequenceSide
{
    /// <summary>Still on both sides of a border.</summary>
    Open,

    /// <summary>Wholly below the lower border.</summary>
    Below,

    /// <summary>Wholly above the upper border.</summary>
    Above,
}
