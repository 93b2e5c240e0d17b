using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

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

/// <summary>The values of one scope, the most frequent first.</summary>
internal sealed record ValuesTable(ReportFacts Facts, ScopeFacts Scope, ChartScale Scale) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Line($"<div class=\"panel\"><table class=\"data\" style=\"--n:{(long)Scale.Steps}\"><caption><b>{Scope.Scope.Name()}</b> {ReportText.Count(Scope.Counts.Texts, "text", "texts")}</caption>");
        html.Add($"<thead><tr><th scope=\"col\"><span class=\"visually-hidden\">Value</span>{new Axis(Scale)}</th><th scope=\"col\">Counted</th>");
        if (Scope.Corrected is not null)
        {
            html.Add($"<th scope=\"col\">Corrected</th>");
        }

        html.Line($"<th scope=\"col\">Texts</th></tr></thead><tbody>");
        var shown = ShownItems<int>.Of(Scope.ByShare, ReportLimits.Values);
        foreach (var value in shown.First)
        {
            WriteValue(html, value);
        }

        if (shown.LeftOut > 0)
        {
            html.Line($"<tr class=\"more\"><td colspan=\"{(long)(Scope.Corrected is null ? 3 : 4)}\">{ReportText.Count(shown.LeftOut, "value", "values")} between these are not shown; the imprint has all.</td></tr>");
        }

        foreach (var value in shown.Last)
        {
            WriteValue(html, value);
        }

        if (Scope.Counts.Abstained > 0)
        {
            WriteRow(html, "No value", null, Scope.Abstained, null, Scope.Counts.Abstained, 0);
        }

        html.Line($"</tbody></table></div>");
    }

    private void WriteValue(HtmlWriter html, int value) => WriteRow(
        html,
        Facts.NameOf(value),
        Scope.ThinnessOf(value) switch
        {
            Thinness.Surely => new Tag("thin", "thin"),
            Thinness.Perhaps => new Tag("perhaps thin", "quiet"),
            _ => null,
        },
        Scope.Shares[value],
        Scope.Corrected?[value],
        Scope.Counts.Values[value].Texts,
        Scope.ThinLine);

    private void WriteRow(HtmlWriter html, string name, Tag? tag, Estimate share, Estimate? corrected, long texts, double thinLine)
    {
        html.Add($"<tr><th scope=\"row\"><span class=\"name\">{name}</span> {tag}{new ShareBar(Scale, share, corrected, thinLine, Scope.Scope)}</th>");
        html.Add($"<td data-l=\"Counted\">{ShareText.Percent(share.Value)}<small>{ShareText.Range(share.Interval)}</small></td>");
        if (Scope.Corrected is not null)
        {
            html.Add($"<td data-l=\"Corrected\">{(corrected is { } estimate ? ShareText.Percent(estimate.Value) : ShareText.Nothing)}<small>{(corrected is { } known ? ShareText.Range(known.Interval) : "")}</small></td>");
        }

        html.Line($"<td data-l=\"Texts\">{texts}</td></tr>");
    }
}
