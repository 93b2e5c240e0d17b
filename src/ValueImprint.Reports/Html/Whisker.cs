using ValueImprint.Core.Estimation;

namespace ValueImprint.Reports.Html;

/// <summary>An interval in a drawing.</summary>
internal sealed record Whisker(ChartScale Scale, Interval Interval, int Y) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        var (from, to) = (Scale.At(Interval.Lower), Scale.At(Interval.Upper));
        html.Add($"<line class=\"halo\" x1=\"{from}%\" x2=\"{to}%\" y1=\"{(long)Y}\" y2=\"{(long)Y}\"/>");
        html.Add($"<line class=\"whisker\" x1=\"{from}%\" x2=\"{to}%\" y1=\"{(long)Y}\" y2=\"{(long)Y}\"/>");
        foreach (var end in (double[])[from, to])
        {
            html.Add($"<line class=\"whisker\" x1=\"{end}%\" x2=\"{end}%\" y1=\"{(long)(Y - 3)}\" y2=\"{(long)(Y + 3)}\"/>");
        }
    }
}
