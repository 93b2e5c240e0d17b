using System.Numerics;

namespace ValueImprint.Core.Estimation;

/// <summary>
/// The score interval of a share: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22 (1927) 209–212. Stays within [0, 1] and is honest for small counts and shares near 0 or 1.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The interval, for display; of nothing, [0, 1].</summary>
    public static Interval Of(Share share, ConfidenceLevel level)
    {
        double total = share.Total;
        var squared = level.Quantile * level.Quantile;
        var centre = (share.Count + squared / 2) / (total + squared);
        var half = level.Quantile / (total + squared)
            * Math.Sqrt(share.Count * (total - share.Count) / total + squared / 4);
        return new Interval(
            share.Count == 0 ? 0 : Math.Max(0, centre - half),
            share.Count == share.Total ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>
    /// The sign of the interval's lower end minus <c>numerator / denominator</c>, exactly, by integers: the ends are the bounds at which
    /// total · (share − bound)² = z² · bound · (1 − bound), so no root has to be taken.
    /// </summary>
    public static int CompareLowerEnd(Share share, long numerator, long denominator, ConfidenceLevel level) =>
        Side(share, numerator, denominator) < 0 ? -1 : CompareDistance(share, numerator, denominator, level);

    /// <summary>As <see cref="CompareLowerEnd"/>, for the upper end.</summary>
    public static int CompareUpperEnd(Share share, long numerator, long denominator, ConfidenceLevel level) =>
        Side(share, numerator, denominator) > 0 ? 1 : -CompareDistance(share, numerator, denominator, level);

    private static int Side(Share share, long numerator, long denominator) =>
        ((Int128)share.Count * denominator).CompareTo((Int128)share.Total * numerator);

    private static int CompareDistance(Share share, long numerator, long denominator, ConfidenceLevel level)
    {
        var distance = (BigInteger)share.Count * denominator - (BigInteger)share.Total * numerator;
        var left = distance * distance * ConfidenceLevel.QuantileScale * ConfidenceLevel.QuantileScale;
        var right = (BigInteger)level.ScaledQuantile * level.ScaledQuantile * share.Total * numerator * (denominator - numerator);
        return left.CompareTo(right);
    }
}

/// <summary>Intervals of the difference of two shares, made of the Wilson intervals of both.</summary>
public static class DifferenceInterval
{
    /// <summary>
    /// The interval of <c>first − second</c> for independent shares: R. G. Newcombe, "Interval estimation for the difference between
    /// independent proportions", Statistics in Medicine 17 (1998) 873–890, method 10. Within [−1, 1].
    /// </summary>
    public static Interval Independent(Share first, Share second, ConfidenceLevel level) => Combine(first, second, 0, level);

    /// <summary>
    /// The interval of <c>first − second</c> for the two sides of the same pairs: R. G. Newcombe, "Improved confidence intervals for
    /// the difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998) 2635–2650, method 10.
    /// </summary>
    /// <param name="both">Pairs with it on both sides.</param>
    /// <param name="firstOnly">Pairs with it on the first side alone.</param>
    /// <param name="secondOnly">Pairs with it on the second side alone.</param>
    /// <param name="pairs">All pairs.</param>
    /// <param name="level">Confidence.</param>
    public static Interval Paired(long both, long firstOnly, long secondOnly, long pairs, ConfidenceLevel level)
    {
        double neither = pairs - both - firstOnly - secondOnly;
        var margins = (double)(both + firstOnly) * (secondOnly + neither) * (both + secondOnly) * (firstOnly + neither);
        var association = both * neither - (double)firstOnly * secondOnly;
        var corrected = association > 0 ? Math.Max(association - pairs / 2.0, 0) : association;
        var correlation = margins > 0 ? corrected / Math.Sqrt(margins) : 0;
        return Combine(new Share(both + firstOnly, pairs), new Share(both + secondOnly, pairs), correlation, level);
    }

    private static Interval Combine(Share first, Share second, double correlation, ConfidenceLevel level)
    {
        if (first.Total == 0 || second.Total == 0)
        {
            return new Interval(-1, 1);
        }

        var (one, other) = (WilsonInterval.Of(first, level), WilsonInterval.Of(second, level));
        var (oneDown, oneUp) = (first.Value - one.Lower, one.Upper - first.Value);
        var (otherDown, otherUp) = (second.Value - other.Lower, other.Upper - second.Value);
        var difference = first.Value - second.Value;
        return new Interval(
            Math.Max(-1, difference - Length(oneDown, otherUp, correlation)),
            Math.Min(1, difference + Length(oneUp, otherDown, correlation)));
    }

    private static double Length(double one, double other, double correlation) =>
        Math.Sqrt(Math.Max(0, one * one - 2 * correlation * one * other + other * other));
}
