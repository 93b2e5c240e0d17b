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
