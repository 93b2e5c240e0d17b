using System.Globalization;

namespace ValueImprint.Reports.Html;

/// <summary>The numbers above the charts of a table. For eyes alone: the cells say the same in words.</summary>
internal sealed record Axis(ChartScale Scale) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Add($"<svg class=\"axis\" aria-hidden=\"true\" focusable=\"false\">");
        foreach (var (index, tick) in Scale.Ticks().Index())
        {
            var anchor = index == 0 ? "start" : index == Scale.Steps ? "end" : "middle";
            html.Add($"<text x=\"{Scale.At(tick)}%\" y=\"11\" text-anchor=\"{anchor}\">{LabelOf(tick)}</text>");
        }

        html.Add($"</svg>");
    }

    // The first division and the last tell the unit; the ones between would only repeat it.
    private string LabelOf(double tick)
    {
        var points = Math.Round(tick * 100, 3);
        var sign = Scale.Lower < 0 && points != 0 ? (points < 0 ? "−" : "+") : "";
        return sign + Math.Abs(points).ToString("0.##", CultureInfo.InvariantCulture) + (Scale.Lower < 0 ? "" : " %");
    }
}
