using System.Globalization;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Tool.Tables;

/// <summary>Cells of a table that say how much.</summary>
internal static class ShareCells
{
    /// <summary>The two ends with one sign of per cent: <c>12.10–15.93 %</c>.</summary>
    public static string Interval(Interval interval, Glyphs glyphs) => double.IsNaN(interval.Lower)
        ? glyphs.Dash
        : ShareText.Range(interval, glyphs.Range);

    /// <summary>A count with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
