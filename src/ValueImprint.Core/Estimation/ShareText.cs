using System.Globalization;

namespace ValueImprint.Core.Estimation;

/// <summary>Prints shares for people, in the invariant culture.</summary>
public static class ShareText
{
    /// <summary>
    /// A share as a percentage with two decimals, such as <c>1.32 %</c>; with more, up to six, where fewer would make it look equal
    /// to <paramref name="near"/>, which it is not.
    /// </summary>
    /// <param name="share">In [0, 1]; NaN gives a dash.</param>
    /// <param name="near">The number that the reader compares it with.</param>
    public static string Percent(double share, double near = double.NaN)
    {
        if (double.IsNaN(share))
        {
            return "–";
        }

        var decimals = 2;
        while (decimals < 6 && share != near && Print(share, decimals) == Print(near, decimals))
        {
            decimals++;
        }

        return Print(share, decimals);
    }

    /// <summary>An interval of shares, such as <c>0.76 % – 2.21 %</c>.</summary>
    public static string Range(Interval interval) => $"{Percent(interval.Lower)} – {Percent(interval.Upper)}";

    /// <summary>A difference of shares in percentage points, with its sign: <c>+2.30 points</c>.</summary>
    public static string Points(double difference) => Sign(difference) + " points";

    /// <summary>An interval of differences: <c>+0.90 – +3.71 points</c>.</summary>
    public static string PointRange(Interval interval) => $"{Sign(interval.Lower)} – {Sign(interval.Upper)} points";

    /// <summary>A divergence in bits, with four decimals.</summary>
    public static string Bits(double bits) => bits.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>A p-value with three significant digits.</summary>
    public static string Probability(double probability) => probability.ToString("G3", CultureInfo.InvariantCulture);

    private static string Sign(double difference) => (difference * 100).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Print(double share, int decimals) =>
        (share * 100).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";
}
