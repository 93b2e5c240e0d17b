using System.Globalization;

namespace ValueImprint.Tool.Tables;

/// <summary>A number with its noun.</summary>
internal static class Counted
{
    public static string Of(long count, string singular, string plural) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? singular : plural)}");
}
