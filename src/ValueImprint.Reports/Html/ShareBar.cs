using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>A share as a bar, its interval as a whisker, its corrected estimate as a point below, and the line below which values are thin.</summary>
internal sealed record ShareBar(ChartScale Scale, Estimate Share, Estimate? Corrected, double ThinLine, TextScope Scope) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Add($"<svg class=\"chart {Scope.Name()}{(Corrected is null ? "" : " tall")}\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<rect class=\"bar\" y=\"3\" width=\"{Scale.At(Share.Value)}%\" height=\"10\" rx=\"2\"/>");
        html.Add($"{new Whisker(Scale, Share.Interval, 8)}");
        if (Corrected is { } corrected)
        {
            html.Add($"<line class=\"fixed\" x1=\"{Scale.At(corrected.Interval.Lower)}%\" x2=\"{Scale.At(corrected.Interval.Upper)}%\" y1=\"19\" y2=\"19\"/>");
            html.Add($"<circle class=\"fixed\" cx=\"{Scale.At(corrected.Value)}%\" cy=\"19\" r=\"3\"/>");
        }

        if (ThinLine > 0)
        {
            html.Add($"<line class=\"thinline\" x1=\"{Scale.At(ThinLine)}%\" x2=\"{Scale.At(ThinLine)}%\" y1=\"0\" y2=\"100%\"/>");
        }

        html.Add($"</svg>");
    }
}
