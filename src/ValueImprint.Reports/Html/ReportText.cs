using System.Globalization;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>Words and numbers as the page prints them: short enough to compare at a glance, in the invariant culture.</summary>
internal static class ReportText
{
    public const string Nothing = "–";

    /// <summary>A share with one decimal, below 1 % with two: <c>7.3 %</c>, <c>0.42 %</c>.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? Nothing : Digits(share) + " %";

    /// <summary>An interval of shares: <c>3.4 – 13.8 %</c>.</summary>
    public static string Range(Interval interval) => $"{Digits(interval.Lower)} – {Digits(interval.Upper)} %";

    /// <summary>A difference in percentage points with its sign: <c>+2.3</c>, <c>−0.42</c>.</summary>
    public static string Points(double difference)
    {
        var text = Digits(Math.Abs(difference));
        return Math.Abs(difference) < 0.00005 ? "0" : (difference < 0 ? "−" : "+") + text;
    }

    /// <summary>An interval of differences: <c>+0.9 … +3.7</c>; dots, since a dash would read as another sign.</summary>
    public static string PointRange(Interval interval) => $"{Points(interval.Lower)} … {Points(interval.Upper)}";

    /// <summary>A p-value; far below any threshold, only that it is.</summary>
    public static string Probability(double probability) =>
        double.IsNaN(probability) ? Nothing
        : probability < 0.001 ? "< 0.001"
        : probability.ToString(probability < 0.1 ? "0.000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>An odds ratio; <c>∞</c> where one side alone has the value.</summary>
    public static string Odds(double odds) =>
        double.IsNaN(odds) ? Nothing : double.IsInfinity(odds) ? "∞" : odds.ToString(odds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>1 pair</c>, <c>2,312 pairs</c>.</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>A name, cut in its middle where it is very long: names of files differ at their ends.</summary>
    public static string Name(string name) => name.Length <= ReportLimits.NameCharacters
        ? name
        : $"{Start(name, ReportLimits.NameCharacters * 2 / 3)}…{End(name, ReportLimits.NameCharacters / 3 - 1)}";

    /// <summary>The beginning of a text.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : Start(text, most - 1) + "…";

    public static string TitleOf(Imprint imprint) => imprint.Files.Count switch
    {
        0 => "No files",
        1 => Name(imprint.Files[0].Name),
        var count => $"{Name(imprint.Files[0].Name)} and {Count(count - 1, "more file", "more files")}",
    };

    public static string LeadOf(Imprint imprint)
    {
        var scopes = imprint.Scopes.Select(static counts => string.Create(CultureInfo.InvariantCulture, $"{counts.Texts:N0} {counts.Scope.Name()}")).ToList();
        return scopes.Count == 0
            ? "No texts were classified."
            : $"{string.Join(", ", scopes)} texts, each held against the {imprint.Taxonomy.Values.Count} values of {Name(imprint.Taxonomy.ToString())} "
                + $"by {Name($"{imprint.Model.Name} {imprint.Model.Version}".TrimEnd())}.";
    }

    private static string Digits(double share) =>
        (share * 100).ToString(share is < 0.00005 or 1 ? "0" : share < 0.00995 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    // Never cuts a character of two halves in two.
    private static string Start(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string End(string text, int length) => text[(char.IsLowSurrogate(text[^length]) ? ^(length - 1) : ^length)..];
}
