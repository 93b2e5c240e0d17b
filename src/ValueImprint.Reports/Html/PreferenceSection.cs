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
