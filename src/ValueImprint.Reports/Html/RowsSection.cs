using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What became of every row, and what the model did not see of the texts.</summary>
internal sealed class RowsSection(ReportFacts facts) : ReportSection("rows", "Rows")
{
    private RowCounts Rows => facts.Imprint.Rows;

    public override bool HasContent => true;

    public override void WriteContent(HtmlWriter html)
    {
        html.Line($"<p class=\"intro\">Every row is accounted for: {ReportText.Count(Rows.Read, "row", "rows")} read.</p><div class=\"panels\">");
        WriteFates(html);
        if (facts.Scopes.Count > 0)
        {
            WriteTexts(html);
        }

        html.Line($"</div>");
        if (Rows.RejectedPlaces.Count > 0)
        {
            WritePlaces(html);
        }
    }

    private void WriteFates(HtmlWriter html)
    {
        html.Line($"<div class=\"panel\"><table><caption><b>Rows</b></caption><thead><tr><th scope=\"col\">What became of them</th><th scope=\"col\">Rows</th><th scope=\"col\">Share</th></tr></thead><tbody>");
        WriteFate(html, "Classified", Rows.Classified);
        WriteFate(html, "Left out as duplicates", Rows.Duplicates);
        if (Rows.NearDuplicates > 0)
        {
            WriteFate(html, "Left out as near-duplicates", Rows.NearDuplicates);
        }

        WriteFate(html, "Rejected", Rows.Rejected);
        KeyValuePair<string, long>[] reasons = [.. Rows.RejectedByReason.OrderByDescending(static reason => reason.Value)];
        foreach (var (reason, count) in reasons.Take(ReportLimits.Reasons))
        {
            WriteFate(html, $"· {reason}", count);
        }

        if (reasons.Length > ReportLimits.Reasons)
        {
            WriteFate(html, $"· {ReportText.Count(reasons.Length - ReportLimits.Reasons, "more reason", "more reasons")}", reasons.Skip(ReportLimits.Reasons).Sum(static reason => reason.Value));
        }

        html.Line($"</tbody></table></div>");
    }

    private void WriteFate(HtmlWriter html, string fate, long rows) => html.Line(
        $"<tr><th scope=\"row\">{fate}</th><td>{rows}</td><td>{(Rows.Read == 0 ? ShareText.Nothing : ShareText.Percent((double)rows / Rows.Read))}</td></tr>");

    private void WriteTexts(HtmlWriter html)
    {
        html.Line($"<div class=\"panel\"><table><caption><b>Texts</b> the model sees at most {(long)facts.Imprint.Model.MaxTokens} tokens of each</caption>");
        html.Line($"<thead><tr><th scope=\"col\">Scope</th><th scope=\"col\">Texts</th><th scope=\"col\">Truncated</th><th scope=\"col\">No value</th></tr></thead><tbody>");
        foreach (var counts in facts.Scopes.Select(static scope => scope.Counts))
        {
            html.Line($"<tr><th scope=\"row\">{counts.Scope.Name()}</th><td>{counts.Texts}</td><td>{ShareText.Percent((double)counts.Truncated / counts.Texts)}<small>{counts.Truncated}</small></td><td>{ShareText.Percent((double)counts.Abstained / counts.Texts)}<small>{counts.Abstained}</small></td></tr>");
        }

        html.Line($"</tbody></table></div>");
    }

    private void WritePlaces(HtmlWriter html)
    {
        var rest = Rows.Rejected - Rows.RejectedPlaces.Count;
        html.Line($"<details><summary>Where rows were rejected</summary><ul class=\"places\">");
        foreach (var place in Rows.RejectedPlaces)
        {
            html.Line($"<li>{ReportText.Name(place.File)}, line {place.Line}: {place.Reason}</li>");
        }

        html.Line($"</ul>{(rest > 0 ? new Note($"{ReportText.Count(rest, "more place", "more places")}; --rows FILE lists all.") : null)}</details>");
    }
}
