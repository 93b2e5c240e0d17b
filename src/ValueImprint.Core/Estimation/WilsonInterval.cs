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
