using System.Globalization;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Reports.Html;

/// <summary>Shares over time, each with its interval, scaled to the largest.</summary>
internal sealed record TrendLine(IReadOnlyList<Estimate> Shares) : IHtmlPart
{
    private const double Width = 160;
    private const double Height = 36;
    private const double Margin = 4;

    public void WriteTo(HtmlWriter html)
    {
        var most = Math.Max(Shares.Max(static share => share.Interval.Upper), 1e-9);
        var band = Shares.Select((share, index) => Place(index, share.Interval.Upper / most))
            .Concat(Shares.Index().Reverse().Select(share => Place(share.Index, share.Item.Interval.Lower / most)));
        html.Add($"<svg class=\"trend\" viewBox=\"0 0 {Width} {Height}\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<polygon class=\"band\" points=\"{string.Join(' ', band)}\"/>");
        html.Add($"<polyline class=\"line\" points=\"{string.Join(' ', Shares.Select((share, index) => Place(index, share.Value / most)))}\"/>");
        html.Add($"<circle class=\"point\" cx=\"{X(Shares.Count - 1)}\" cy=\"{Y(Shares[^1].Value / most)}\" r=\"3\"/></svg>");
    }

    private string Place(int index, double height) => string.Create(CultureInfo.InvariantCulture, $"{X(index):0.#},{Y(height):0.#}");

    private double X(int index) => Margin + (Width - 2 * Margin) * index / Math.Max(1, Shares.Count - 1);

    private static double Y(double height) => Height - Margin - (Height - 2 * Margin) * height;
}
