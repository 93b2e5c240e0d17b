namespace ValueImprint.Core.Estimation;

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
