using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>How the values moved since an earlier imprint.</summary>
internal sealed class DriftSection(ReportFacts facts) : ReportSection("drift", "Drift")
{
    public override bool HasContent => facts.Baseline is not null;

    public override void WriteContent(HtmlWriter html)
    {
        var baseline = ReportText.Name(facts.Baseline?.Name ?? "");
        if (facts.Drift is not { } drift)
        {
            html.Line($"<p class=\"intro\">There is no comparison with {baseline}.</p><p class=\"message\">{ReportText.Cut(facts.DriftProblem ?? "", ReportLimits.MessageCharacters)}</p>");
            return;
        }

        html.Line($"<p class=\"intro\">Compared with <b>{baseline}</b>: change of each share in percentage points, with its {facts.Level.ToString()} interval for independent samples (Newcombe).</p>");
        var scale = ChartScale.Differences(drift.Scopes.SelectMany(static scope => scope.Values)
            .SelectMany(static value => (double[])[value.Change.Interval.Lower, value.Change.Interval.Upper]));
        html.Line($"<div class=\"panels\">{drift.Scopes.Select(scope => new DriftTable(scope, scale))}</div>");
        foreach (var scope in drift.Missing)
        {
            html.Line($"{new Note($"Only {baseline} has {TextScopes.Name(scope)} texts.")}");
        }

        foreach (var scope in drift.Added)
        {
            html.Line($"{new Note($"{baseline} has no {TextScopes.Name(scope)} texts.")}");
        }
    }
}

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
            html.Add($"<td data-l=\"Before\">{ShareText.Percent(value.Baseline.Value)}</td><td data-l=\"Now\">{ShareText.Percent(value.Current.Value)}</td>");
            html.Line($"<td data-l=\"Points\">{ShareText.Difference(value.Change.Value)}<small>{ShareText.DifferenceRange(interval)}</small></td></tr>");
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} that moved least are not shown."))}");
        html.Line($"<p class=\"note\">Jensen-Shannon divergence {ShareText.Bits(Drift.JensenShannon)} bits, total variation {ShareText.Bits(Drift.TotalVariation)} (bootstrap intervals).{(Drift.IsSmallSample ? " A small sample: read the intervals as rough." : "")}</p></div>");
    }
}
