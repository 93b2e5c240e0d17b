using System.Globalization;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports;

/// <summary>The words that reports share.</summary>
internal static class ReportText
{
    private const int MaxNameCharacters = 64;

    /// <summary>Such as <c>1 pair</c>, <c>2,312 pairs</c>.</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>A name, cut in its middle where it is very long: names of files differ at their ends.</summary>
    public static string Name(string name) => name.Length <= MaxNameCharacters
        ? name
        : $"{Start(name, MaxNameCharacters * 2 / 3)}…{End(name, MaxNameCharacters / 3 - 1)}";

    /// <summary>The beginning of a text.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : Start(text, most - 1) + "…";

    /// <summary>The units that an imprint counts: <c>3 of 8 units</c>, <c>all, in 8 units</c>; <see langword="null"/> of one that was audited in one piece.</summary>
    public static string? UnitsOf(Imprint imprint) => imprint.Part
        ?? (imprint.Units.Sum(static set => set.Count) is > 1 and var units ? FormattableString.Invariant($"all, in {units} units") : null);

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

    // Never cuts a character of two halves in two.
    private static string Start(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string End(string text, int length) => text[(char.IsLowSurrogate(text[^length]) ? ^(length - 1) : ^length)..];
}

/// <summary>What is known of the model's own errors, in a sentence.</summary>
internal static class ModelErrors
{
    public static string InWords(Imprint imprint)
    {
        if (imprint.Model.Confusion is not { } confusion)
        {
            return "The model's own errors come on top; its package does not state them.";
        }

        var (right, all) = (0L, 0L);
        for (var value = 0; value < confusion.Values; value++)
        {
            right += confusion[value, value];
            all += confusion.Actual(value);
        }

        return all == 0
            ? "The model's own errors come on top; its package does not state them."
            : FormattableString.Invariant($"The model's own errors come on top: it is right on {ShareText.Percent((double)right / all)} of {all:N0} validation texts.");
    }
}
