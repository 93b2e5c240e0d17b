using System.Globalization;
using System.Runtime.CompilerServices;

namespace ValueImprint.Reports.Html;

/// <summary>An interpolated string on its way into a page. Takes only what it knows how to write safely.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlTemplate
{
    private readonly HtmlWriter _html;

    public HtmlTemplate(int literalLength, int formattedCount, HtmlWriter html) => _html = html;

    public void AppendLiteral(string markup) => _html.Markup(markup);

    public void AppendFormatted(string? text) => _html.Text(text ?? "");

    public void AppendFormatted(long number) => _html.Text(number.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A place in a drawing, in percent of its width.</summary>
    public void AppendFormatted(double place) => _html.Markup(place.ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(IHtmlPart? part) => part?.WriteTo(_html);

    public void AppendFormatted(IEnumerable<IHtmlPart> parts)
    {
        foreach (var part in parts)
        {
            part.WriteTo(_html);
        }
    }
}
