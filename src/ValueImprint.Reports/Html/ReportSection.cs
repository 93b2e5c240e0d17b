namespace ValueImprint.Reports.Html;

/// <summary>A section of the page: a heading to jump to and what stands below it.</summary>
internal abstract class ReportSection(string id, string title)
{
    /// <summary>The anchor.</summary>
    public string Id => id;

    /// <summary>The heading, and its word in the navigation.</summary>
    public string Title => title;

    /// <summary>Whether the imprint has anything to say about it.</summary>
    public abstract bool HasContent { get; }

    /// <summary>Writes what stands below the heading.</summary>
    public abstract void WriteContent(HtmlWriter html);
}
