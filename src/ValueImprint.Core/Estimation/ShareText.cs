using System.Globalization;

namespace ValueImprint.Core.Estimation;

/// <summary>Prints shares, and what is made of them, for people: one form in every message, table and report, in the invariant culture.</summary>
public static class ShareText
{
    /// <summary>Stands for a number that there is not.</summary>
    public const string Nothing = "–";

    /// <summary>
    /// A share as a percentage with two decimals, such as <c>1.32 %</c>; with more, up to six, where fewer would make it look equal
    /// to <paramref name="near"/>, which it is not.
    /// </summary>
    /// <param name="share">In [0, 1]; NaN gives a dash.</param>
    /// <param name="near">The number that the reader compares it with.</param>
    public static string Percent(double share, double near = double.NaN)
    {
        var decimals = 2;
        while (decimals < 6 && share != near && Digits(share, decimals) == Digits(near, decimals))
        {
            decimals++;
        }

        return double.IsNaN(share) ? Nothing : Digits(share, decimals) + " %";
    }

    /// <summary>An interval of shares, such as <c>0.76 – 2.21 %</c>.</summary>
    /// <param name="interval">Within [0, 1]; NaN gives a dash.</param>
    /// <param name="separator">Stands between its ends.</param>
    public static string Range(Interval interval, string separator = " – ") =>
        double.IsNaN(interval.Lower) ? Nothing : $"{Digits(interval.Lower, 2)}{separator}{Digits(interval.Upper, 2)} %";

    /// <summary>A difference of shares in percentage points, with its sign: <c>+2.30</c>.</summary>
    public static string Difference(double difference) => (difference * 100).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>An interval of differences: <c>+0.90 … +3.71</c>; dots, since a dash would read as another sign.</summary>
    public static string DifferenceRange(Interval interval) => $"{Difference(interval.Lower)} … {Difference(interval.Upper)}";

    /// <summary>As <see cref="Difference"/>, with its unit: <c>+2.30 points</c>.</summary>
    public static string Points(double difference) => Difference(difference) + " points";

    /// <summary>As <see cref="DifferenceRange"/>, with its unit.</summary>
    public static string PointRange(Interval interval) => DifferenceRange(interval) + " points";

    /// <summary>A divergence in bits, with four decimals.</summary>
    public static string Bits(double bits) => bits.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>A divergence with its interval: <c>0.0123 (0.0080 – 0.0191)</c>.</summary>
    public static string Bits(Estimate estimate) => $"{Bits(estimate.Value)} ({Bits(estimate.Interval.Lower)} – {Bits(estimate.Interval.Upper)})";

    /// <summary>A p-value with three decimals; far below any threshold, only that it is.</summary>
    public static string Probability(double probability) =>
        double.IsNaN(probability) ? Nothing : probability < 0.001 ? "< 0.001" : probability.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>An odds ratio with two decimals; <c>∞</c> where one side alone has the value.</summary>
    public static string Odds(double odds) =>
        double.IsNaN(odds) ? Nothing : double.IsInfinity(odds) ? "∞" : odds.ToString("F2", CultureInfo.InvariantCulture);

    private static string Digits(double share, int decimals) => (share * 100).ToString(decimals == 2 ? "F2" : $"F{decimals}", CultureInfo.InvariantCulture);
}
