using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

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
        html.Add($"<td data-l=\"Counted\">{ReportText.Percent(share.Value)}<small>{ReportText.Range(share.Interval)}</small></td>");
        if (Scope.Corrected is not null)
        {
            html.Add($"<td data-l=\"Corrected\">{(corrected is { } estimate ? ReportText.Percent(estimate.Value) : ReportText.Nothing)}<small>{(corrected is { } known ? ReportText.Range(known.Interval) : "")}</small></td>");
        }

        html.Line($"<td data-l=\"Texts\">{texts}</td></tr>");
    }
}
