using ValueImprint.Core.Estimation;

namespace ValueImprint.Reports.Html;

/// <summary>A difference as a bar to the right or to the left of zero, with its interval.</summary>
internal sealed record DifferenceBar(ChartScale Scale, Estimate Difference) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        var (zero, end) = (Scale.At(0), Scale.At(Difference.Value));
        html.Add($"<svg class=\"chart\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<rect class=\"bar {(Difference.Value < 0 ? "less" : "more")}\" x=\"{Math.Min(zero, end)}%\" y=\"3\" width=\"{Math.Abs(end - zero)}%\" height=\"10\" rx=\"1\"/>");
        html.Add($"<line class=\"zero\" x1=\"{zero}%\" x2=\"{zero}%\" y1=\"0\" y2=\"100%\"/>");
        html.Add($"{new Whisker(Scale, Difference.Interval, 8)}</svg>");
    }
}
