using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What the preference rewards: chosen against rejected over the same pairs.</summary>
internal sealed class PreferenceSection(ReportFacts facts) : ReportSection("preference", "Preference")
{
    public override bool HasContent => facts.Contrast is not null;

    public override void WriteContent(HtmlWriter html)
    {
        if (facts.Contrast is not { } contrast)
        {
            return;
        }

        html.Line($"<p class=\"intro\">What is more frequent in chosen than in rejected texts of the same {ReportText.Count(contrast.Pairs, "pair", "pairs")} is rewarded. Differences in percentage points with {facts.Level.ToString()} intervals; p by the exact McNemar test, adjusted for the number of values (Benjamini-Hochberg). Odds: of pairs that differ, chosen to rejected.</p>");
        IReadOnlyList<ValueContrast>[] lists = contrast.Upheld.Count > 0 ? [contrast.Values, contrast.Upheld] : [contrast.Values];
        var scale = ChartScale.Differences(lists.SelectMany(static list => list).SelectMany(static value => (double[])[value.Difference.Interval.Lower, value.Difference.Interval.Upper]));
        html.Line($"<div class=\"panels\">{new ContrastTable(facts, "has the value", contrast.Values, scale)}");
        if (contrast.Upheld.Count > 0)
        {
            html.Line($"{new ContrastTable(facts, "upholds the value", contrast.Upheld, scale)}");
        }

        html.Line($"</div>");
        if (facts.Imprint.Pairs.Transitions.Count > 0)
        {
            html.Line($"{new TransitionsTable(facts)}");
        }
    }
}

/// <summary>Values by how much more frequent they are on the chosen side.</summary>
internal sealed record ContrastTable(ReportFacts Facts, string What, IReadOnlyList<ValueContrast> Values, ChartScale Scale) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Line($"<div class=\"panel\"><table class=\"data\" style=\"--n:{(long)Scale.Steps}\"><caption><b>{What}</b> chosen minus rejected</caption>");
        html.Line($"<thead><tr><th scope=\"col\"><span class=\"visually-hidden\">Value</span>{new Axis(Scale)}</th><th scope=\"col\">Points</th><th scope=\"col\">p</th><th scope=\"col\">Odds</th></tr></thead><tbody>");
        var shown = ShownItems<ValueContrast>.Of([.. Values.OrderByDescending(static value => value.Difference.Value)], ReportLimits.Values);
        foreach (var value in shown.First.Concat(shown.Last))
        {
            html.Add($"<tr><th scope=\"row\"><span class=\"name\">{ReportText.Name(value.Value.Name)}</span> {TagOf(value)}{new DifferenceBar(Scale, value.Difference)}</th>");
            html.Add($"<td data-l=\"Points\">{ShareText.Difference(value.Difference.Value)}<small>{ShareText.DifferenceRange(value.Difference.Interval)}</small></td>");
            html.Line($"<td data-l=\"p\">{ShareText.Probability(value.AdjustedPValue)}</td><td data-l=\"Odds\">{ShareText.Odds(value.OddsRatio)}<small>{value.Counts.ChosenOnly} : {value.Counts.RejectedOnly}</small></td></tr>");
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} with the least differences are not shown."))}</div>");
    }

    private Tag TagOf(ValueContrast contrast) =>
        !contrast.IsClear(Facts.Level) ? new Tag("not clear", "quiet")
        : contrast.Difference.Value > 0 ? new Tag("rewarded", "more")
        : new Tag("avoided", "less");
}

/// <summary>From the value of the rejected text to that of the chosen one, pair by pair.</summary>
internal sealed record TransitionsTable(ReportFacts Facts) : IHtmlPart
{
    // Shades from 0 to 6; the style sheet has a colour for each, in which text can be read.
    private const int Shades = 6;

    public void WriteTo(HtmlWriter html)
    {
        var pairs = Facts.Imprint.Pairs;
        int[] ranking = [.. Enumerable.Range(0, pairs.Values.Count).OrderByDescending(value => pairs.Values[value].Chosen + pairs.Values[value].Rejected)];
        int[] shown = [.. ranking.Take(ReportLimits.TransitionValues).Order()];
        // "No value" is shown where the model abstained at all; what is left out stands together in a row and a column of its own.
        int[][] groups =
        [
            .. shown.Select(static value => (int[])[value]),
            .. ranking.Length > shown.Length ? (int[][])[[.. ranking.Skip(shown.Length)]] : [],
            .. HasAbstained(pairs) ? (int[][])[[pairs.Values.Count]] : [],
        ];
        string[] names = [.. groups.Select((group, index) => index < shown.Length ? Facts.NameOf(group[0]) : group[0] == pairs.Values.Count ? "No value" : "Other values")];
        html.Line($"<div class=\"panel wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"transitions\"><table class=\"matrix\">");
        html.Line($"<caption id=\"transitions\"><b>From rejected to chosen</b> pairs by the value of each side; darker: more of the row's pairs</caption>");
        html.Add($"<thead><tr><th scope=\"col\">Rejected ↓ &nbsp; Chosen →</th>");
        foreach (var name in names)
        {
            html.Add($"<th scope=\"col\"><span>{new BreakableName(name)}</span></th>");
        }

        html.Line($"<th scope=\"col\"><span>All</span></th></tr></thead><tbody>");
        foreach (var (row, from) in groups.Index())
        {
            long[] counts = [.. groups.Select(to => Count(pairs, from, to))];
            var sum = counts.Sum();
            html.Add($"<tr><th scope=\"row\">{names[row]}</th>");
            foreach (var (column, count) in counts.Index())
            {
                html.Add($"<td class=\"h{ShadeOf(count, sum)}{(row == column ? " same" : "")}\">{count}</td>");
            }

            html.Line($"<td class=\"sum\">{sum}</td></tr>");
        }

        html.Add($"<tr class=\"sum\"><th scope=\"row\">All</th>");
        foreach (var to in groups)
        {
            html.Add($"<td class=\"sum\">{groups.Sum(from => Count(pairs, from, to))}</td>");
        }

        html.Line($"<td class=\"sum\">{pairs.Pairs}</td></tr></tbody></table></div>");
    }

    private static bool HasAbstained(PairCounts pairs)
    {
        var none = pairs.Values.Count;
        return Enumerable.Range(0, none + 1).Any(value => pairs.Transition(none, value) + pairs.Transition(value, none) > 0);
    }

    private static long Count(PairCounts pairs, int[] from, int[] to) => from.Sum(rejected => to.Sum(chosen => pairs.Transition(rejected, chosen)));

    private static string ShadeOf(long count, long sum) =>
        (sum == 0 ? 0 : (int)Math.Ceiling(Shades * Math.Min(1, 1.5 * count / sum))).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
