using System.Globalization;

namespace ValueImprint.Bench.Figures;

/// <summary>A line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The figure, as it is shown.</param>
/// <param name="Spread">Least to most, or percentiles; empty where there is one figure.</param>
/// <param name="Target">What it should be; empty where it serves comparison alone.</param>
/// <param name="IsMet">Whether it is; <see langword="null"/> without a target.</param>
internal sealed record ResultRow(string What, string Measured, string Spread = "", string Target = "", bool? IsMet = null)
{
    /// <summary>A median with its spread, and no target.</summary>
    public static ResultRow Of(string what, Series series, string format, string unit) => new(
        what, Text(series.Median, format) + unit, series.Count > 1 ? $"{Text(series.Least, format)}–{Text(series.Most, format)}" : "");

    /// <summary>A median that should reach a bound.</summary>
    public static ResultRow AtLeast(string what, Series series, string format, string unit, double bound) =>
        Of(what, series, format, unit) with { Target = "≥ " + Text(bound, "0.###") + unit, IsMet = series.Median >= bound };

    /// <summary>A median that should not exceed a bound.</summary>
    public static ResultRow AtMost(string what, Series series, string format, string unit, double bound) =>
        Of(what, series, format, unit) with { Target = "≤ " + Text(bound, "0.###") + unit, IsMet = series.Median <= bound };

    public override string ToString() =>
        $"| {What} | {Measured} | {Spread} | {Target} | {(IsMet is { } met ? met ? "met" : "**missed**" : "")} |";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
