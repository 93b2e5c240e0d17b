namespace ValueImprint.Reports.Html;

/// <summary>A word in a coloured box; the word says it all, the colour only helps to find it.</summary>
internal sealed record Tag(string Word, string Kind) : IHtmlPart
{
    public void WriteTo(HtmlWriter html) => html.Add($"<span class=\"tag {Kind}\">{Word}</span>");
}
