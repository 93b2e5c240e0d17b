using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ValueImprint.Core.Documents;

namespace ValueImprint.Reports.Html;

/// <summary>Writes HTML from interpolated strings whose holes are escaped: what is not markup in the source never becomes markup.</summary>
internal sealed class HtmlWriter(TextWriter writer)
{
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes markup; the template has written itself piece by piece when this is called.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The template takes the instance, at the call.")]
    public void Add([InterpolatedStringHandlerArgument("")] ref HtmlTemplate template)
    {
    }

    /// <summary>As <see cref="Add"/>, with a line feed.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref HtmlTemplate template)
    {
        writer.Write('\n');
    }

    /// <summary>Markup of our own, as it is.</summary>
    internal void Markup(string markup) => writer.Write(markup);

    /// <summary>Text of anybody's, for content and attributes.</summary>
    internal void Text(string text)
    {
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAny(HarmlessText.Unwelcome)) >= 0; rest = rest[(at + 1)..])
        {
            Encode(rest[..at]);
            writer.Write('\ufffd');
        }

        Encode(rest);
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            writer.Write(_encoder.Encode(text.ToString()));
        }
    }
}

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

/// <summary>A piece of a page that can stand within another one.</summary>
internal interface IHtmlPart
{
    void WriteTo(HtmlWriter html);
}
