namespace ValueImprint.Reports.Html;

/// <summary>A mark and what it means.</summary>
internal sealed record LegendEntry(string Mark, string Meaning) : IHtmlPart
{
    public void WriteTo(HtmlWriter html) => html.Add($"<li><i class=\"k-{Mark}\"></i>{Meaning}</li>");
}
