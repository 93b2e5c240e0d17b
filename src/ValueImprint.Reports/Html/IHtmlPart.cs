namespace ValueImprint.Reports.Html;

/// <summary>A piece of a page that can stand within another one.</summary>
internal interface IHtmlPart
{
    void WriteTo(HtmlWriter html);
}
