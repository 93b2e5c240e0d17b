using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>The changes of one scope, the greatest rise first.</summary>
internal sealed record DriftTable(ScopeDrift Drift, ChartScale Scale) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Line($"<div class=\"panel\"><table class=\"data\" style=\"--n:{(long)Scale.Steps}\"><caption><b>{RuleWords.NameOf(Drift.Scope)}</b> {Drift.BaselineTexts} → {ReportText.Count(Drift.CurrentTexts, "text", "texts")}</caption>");
        html.Line($"<thead><tr><th scope=\"col\"><span class=\"visually-hidden\">Value</span>{new Axis(Scale)}</th><th scope=\"col\">Before</th><th scope=\"col\">Now</th><th scope=\"col\">Points</th></tr></thead><tbody>");
        var shown = ShownItems<ValueDrift>.Of([.. Drift.Values.OrderByDescending(static value => value.Change.Value)], ReportLimits.Values);
        foreach (var value in shown.First.Concat(shown.Last))
        {
            var interval = value.Change.Interval;
            var tag = interval.Lower > 0 ? new Tag("rose", "more") : interval.Upper < 0 ? new Tag("fell", "less") : null;
            html.Add($"<tr><th scope=\"row\"><span class=\"name\">{ReportText.Name(value.Value.Name)}</span> {tag}{new DifferenceBar(Scale, value.Change)}</th>");
            html.Add($"<td data-l=\"Before\">{ReportText.Percent(value.Baseline.Value)}</td><td data-l=\"Now\">{ReportText.Percent(value.Current.Value)}</td>");
            html.Line($"<td data-l=\"Points\">{ReportText.Points(value.Change.Value)}<small>{ReportText.PointRange(interval)}</small></td></tr>");
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} that moved least are not shown."))}");
        html.Line($"<p class=\"note\">Jensen-Shannon divergence {Bits(Drift.JensenShannon)} bits, total variation {Bits(Drift.TotalVariation)} (bootstrap intervals).{(Drift.IsSmallSample ? " A small sample: read the intervals as rough." : "")}</p></div>");
    }

    private static string Bits(Estimate estimate) =>
        $"{ShareText.Bits(estimate.Value)} ({ShareText.Bits(estimate.Interval.Lower)} – {ShareText.Bits(estimate.Interval.Upper)})";
}
