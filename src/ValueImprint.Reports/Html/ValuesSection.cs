using ValueImprint.Core.Estimation;

namespace ValueImprint.Reports.Html;

/// <summary>The distribution of values in each scope, with intervals.</summary>
internal sealed class ValuesSection(ReportFacts facts) : ReportSection("values", "Values")
{
    public override bool HasContent => true;

    public override void WriteContent(HtmlWriter html)
    {
        if (facts.Scopes.Count == 0)
        {
            html.Line($"<p class=\"intro\">No texts were classified, so there is nothing to see.</p>");
            return;
        }

        var isCorrected = facts.Scopes.Any(static scope => scope.Corrected is not null);
        html.Line($"<p class=\"intro\">Share of a scope's texts that have each value, with its {facts.Level.ToString()} interval. The dashed line is half of the average share; a value below it is called thin.</p>");
        if (isCorrected)
        {
            html.Line($"<p class=\"intro\"><b>Corrected</b> shares allow for the model's known errors (expectation maximisation), on the assumption that it errs here as on its validation texts; for texts of quite another kind the counted share is the better guess. Their intervals hold the chance of sampling, the uncertainty of those errors, and their scatter from source to source.</p>");
        }

        html.Line($"<ul class=\"legend\" aria-hidden=\"true\"><li><i class=\"k-bar\"></i>counted share</li><li><i class=\"k-whisker\"></i>interval</li>{(isCorrected ? new LegendEntry("fixed", "corrected, with interval") : null)}<li><i class=\"k-thin\"></i>thin below</li></ul>");
        var scale = ChartScale.Shares(facts.Scopes.SelectMany(static scope => scope.Shares.Concat(scope.Corrected ?? [])).Select(static share => share.Interval.Upper));
        html.Line($"<div class=\"panels\">{facts.Scopes.Select(scope => new ValuesTable(facts, scope, scale))}</div>");
        if (facts.Scopes.FirstOrDefault(static scope => scope.NotCorrectedBecause is not null)?.NotCorrectedBecause is { } reason)
        {
            html.Line($"{new Note($"The shares are not corrected for the model's errors: {reason}")}");
        }
    }
}
