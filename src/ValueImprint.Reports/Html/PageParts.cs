using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>A paragraph that explains.</summary>
internal sealed record Note(string Text) : IHtmlPart
{
    public void WriteTo(HtmlWriter html) => html.Add($"<p class=\"note\">{Text}</p>");
}

/// <summary>A word in a coloured box; the word says it all, the colour only helps to find it.</summary>
internal sealed record Tag(string Word, string Kind) : IHtmlPart
{
    public void WriteTo(HtmlWriter html) => html.Add($"<span class=\"tag {Kind}\">{Word}</span>");
}

/// <summary>A mark and what it means.</summary>
internal sealed record LegendEntry(string Mark, string Meaning) : IHtmlPart
{
    public void WriteTo(HtmlWriter html) => html.Add($"<li><i class=\"k-{Mark}\"></i>{Meaning}</li>");
}

/// <summary>A name for a narrow column, which may go on in a new line behind a slash.</summary>
internal sealed record BreakableName(string Name) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        var parts = Name.Split('/');
        html.Add($"{parts[0]}");
        foreach (var part in parts.Skip(1))
        {
            html.Add($"/<wbr>{part}");
        }
    }
}

/// <summary>What a table shows of a ranking that may be long: its beginning and its end.</summary>
/// <param name="First">The first ones; all of them where they fit.</param>
/// <param name="Last">The last ones.</param>
/// <param name="LeftOut">How many stand between.</param>
internal sealed record ShownItems<T>(IReadOnlyList<T> First, IReadOnlyList<T> Last, int LeftOut)
{
    public static ShownItems<T> Of(IReadOnlyList<T> ranking, int most)
    {
        if (ranking.Count <= most)
        {
            return new ShownItems<T>(ranking, [], 0);
        }

        var last = most / 3;
        return new ShownItems<T>([.. ranking.Take(most - last)], [.. ranking.Skip(ranking.Count - last)], ranking.Count - most);
    }
}

/// <summary>A verdict as a word with a mark.</summary>
internal static class VerdictMark
{
    public static string WordOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✓ Passed",
        Verdict.Warn => "! Passed, with warnings",
        Verdict.Inconclusive => "? Inconclusive",
        _ => "✕ Failed",
    };

    public static Tag TagOf(Verdict verdict) => new(
        verdict switch
        {
            Verdict.Pass => "✓ pass",
            Verdict.Warn => "! warn",
            Verdict.Inconclusive => "? inconclusive",
            _ => "✕ fail",
        },
        verdict.Name());
}
