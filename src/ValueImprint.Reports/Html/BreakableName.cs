namespace ValueImprint.Reports.Html;

/// <summary>A name for a narrow column, which may go on in a new line behind a slash.</summary>
internal sealed record BreakableName(string Name) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        var parts = Name.Split('/');
        html.Add($"{parts[0]}");
        foreach (var part in parts.Skip(1))
        {
            html.Add($"/<wbr>{part}");
        }
    }
}
