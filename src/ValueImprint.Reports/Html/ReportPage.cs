using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>The page around the sections.</summary>
internal static class ReportPage
{
    private static readonly Lazy<string> _style = new(static () => ReadResource("report.css"));

    public static void Write(ReportFacts facts, IReadOnlyList<ReportSection> sections, HtmlWriter html)
    {
        var report = facts.Report;
        var title = ReportText.TitleOf(report.Imprint);
        html.Line($"<!doctype html>");
        html.Line($"<html lang=\"en\">");
        html.Line($"<head>");
        html.Line($"<meta charset=\"utf-8\">");
        html.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Line($"<meta name=\"color-scheme\" content=\"light dark\">");
        html.Line($"<meta name=\"generator\" content=\"{report.Tool}\">");
        // Nothing is loaded from anywhere, and the browser holds the page to it.
        html.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">");
        html.Line($"<link rel=\"icon\" href=\"data:,\">");
        html.Line($"<title>{title} – value imprint</title>");
        html.Add($"<style>\n");
        html.Markup(_style.Value);
        html.Line($"</style>");
        html.Line($"</head>");
        html.Line($"<body>");
        html.Line($"<a class=\"skip\" href=\"#main\">Skip to the content</a>");
        html.Line($"<header class=\"top\">");
        html.Line($"<p class=\"eyebrow\">Value imprint</p>");
        html.Line($"<h1>{title}</h1>");
        html.Line($"<p class=\"lead\">{ReportText.LeadOf(report.Imprint)}</p>");
        html.Line($"</header>");
        html.Line($"<main id=\"main\" tabindex=\"-1\">");
        html.Line($"{new Summary(facts)}");
        html.Line($"<nav aria-label=\"Sections\"><ul>");
        foreach (var section in sections)
        {
            html.Line($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>");
        }

        html.Line($"</ul></nav>");
        foreach (var section in sections)
        {
            html.Line($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">");
            html.Line($"<h2 id=\"{section.Id}-title\">{section.Title}</h2>");
            section.WriteContent(html);
            html.Line($"</section>");
        }

        html.Line($"</main>");
        html.Line($"<footer><p>Written by {report.Tool}. Counts and shares only{(report.Examples.Count > 0 ? ", beside the examples that were asked for" : "; no text of the dataset")}.</p></footer>");
        html.Line($"</body>");
        html.Line($"</html>");
    }

    private static string ReadResource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

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
