using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

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
            html.Add($"<tr><th scope=\"row\"><span class=\"name\">{ReportText.Name(value.Value.Name)}</span> {Significance.TagOf(value, Facts.Level)}{new DifferenceBar(Scale, value.Difference)}</th>");
            html.Add($"<td data-l=\"Points\">{ReportText.Points(value.Difference.Value)}<small>{ReportText.PointRange(value.Difference.Interval)}</small></td>");
            html.Line($"<td data-l=\"p\">{ReportText.Probability(value.AdjustedPValue)}</td><td data-l=\"Odds\">{ReportText.Odds(value.OddsRatio)}<small>{value.Counts.ChosenOnly} : {value.Counts.RejectedOnly}</small></td></tr>");
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} with the least differences are not shown."))}</div>");
    }
}
