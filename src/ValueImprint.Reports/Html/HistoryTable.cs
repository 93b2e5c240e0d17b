using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>The shares of one scope over several imprints: a line and the numbers for each value.</summary>
internal sealed record HistoryTable(ReportFacts Facts, TextScope Scope, IReadOnlyList<NamedImprint> Points) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        NamedImprint[] points = [.. Points.Where(point => point.Imprint[Scope].Texts > 0)];
        html.Line($"<div class=\"panel wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"history-{Scope.Name()}\"><table class=\"history\"><caption id=\"history-{Scope.Name()}\"><b>{Scope.Name()}</b></caption>");
        html.Add($"<thead><tr><th scope=\"col\">Value</th>");
        foreach (var point in points)
        {
            html.Add($"<th scope=\"col\">{ReportText.Name(point.Name)}<small>{ReportText.Count(point.Imprint[Scope].Texts, "text", "texts")}</small></th>");
        }

        html.Line($"</tr></thead><tbody>");
        var values = Enumerable.Range(0, Facts.Imprint.Taxonomy.Values.Count).OrderByDescending(value => points[^1].Imprint[Scope].Values[value].Texts).ToList();
        var shown = ShownItems<int>.Of(values, ReportLimits.Values);
        foreach (var value in shown.First.Concat(shown.Last))
        {
            Estimate[] shares = [.. points.Select(point => ShareOf(point.Imprint[Scope], value))];
            html.Add($"<tr><th scope=\"row\"><span class=\"name\">{Facts.NameOf(value)}</span>{new TrendLine(shares)}</th>");
            foreach (var share in shares)
            {
                html.Add($"<td>{ReportText.Percent(share.Value)}<small>{ReportText.Range(share.Interval)}</small></td>");
            }

            html.Line($"</tr>");
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} of middling frequency are not shown."))}</div>");
    }

    private Estimate ShareOf(ScopeCounts counts, int value)
    {
        var share = new Share(counts.Values[value].Texts, counts.Texts);
        return new Estimate(share.Value, WilsonInterval.Of(share, Facts.Level));
    }
}
