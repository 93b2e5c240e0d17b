namespace ValueImprint.Reports.Html;

/// <summary>A paragraph that explains.</summary>
internal sealed record Note(string Text) : IHtmlPart
{
    public void WriteTo(HtmlWriter html) => html.Add($"<p class=\"note\">{Text}</p>");
}
