using System.Globalization;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Tool.Tables;

/// <summary>One field of a table.</summary>
internal readonly record struct Cell(string Text, Tint Tint = Tint.None)
{
    /// <summary>What is shown, harmless for a terminal.</summary>
    public string Text { get; init; } = HarmlessText.Line(Text);

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A column of a table.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="IsRight">Aligned to the right, as numbers are.</param>
/// <param name="Wraps">Gives way where the line is too short, by going on in the next one.</param>
internal sealed record Column(string Header, bool IsRight = false, bool Wraps = false);

/// <summary>Colours by meaning; the terminal's own palette decides how they look.</summary>
internal enum Tint
{
    None,
    Strong,
    Faint,
    Good,
    Doubtful,
    Bad,
    Bar,
}

/// <summary>Colours a text with SGR sequences (ECMA-48), or leaves it as it is.</summary>
internal sealed class Ink(bool hasColor)
{
    public string Paint(string text, Tint tint) =>
        !hasColor || tint == Tint.None || text.Length == 0 ? HarmlessText.Line(text) : $"\e[{Code(tint)}m{HarmlessText.Line(text)}\e[0m";

    private static string Code(Tint tint) => tint switch
    {
        Tint.Strong => "1",
        Tint.Faint => "2",
        Tint.Good => "32",
        Tint.Doubtful => "33",
        Tint.Bad => "31",
        _ => "36",
    };
}

/// <summary>A number with its noun.</summary>
internal static class Counted
{
    public static string Of(long count, string singular, string plural) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? singular : plural)}");
}

/// <summary>Hashes for the eye.</summary>
internal static class HashText
{
    private const int Length = 12;

    /// <summary>The first digits.</summary>
    public static string Start(string hash) => hash[..Math.Min(Length, hash.Length)];
}

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

/// <summary>Verdicts in a table: a sign, a word and a colour, so that none of them carries the meaning alone.</summary>
internal static class VerdictText
{
    public static Cell Badge(Verdict verdict, Glyphs glyphs) => verdict switch
    {
        Verdict.Pass => new($"{glyphs.Pass} pass", Tint.Good),
        Verdict.Warn => new($"{glyphs.Warn} warn", Tint.Doubtful),
        Verdict.Fail => new($"{glyphs.Fail} fail", Tint.Bad),
        _ => new($"{glyphs.Unknown} {verdict.Name()}", Tint.Doubtful),
    };
}
