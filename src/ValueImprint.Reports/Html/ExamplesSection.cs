using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>Texts that somebody asked to see.</summary>
internal sealed class ExamplesSection(ReportFacts facts) : ReportSection("examples", "Examples")
{
    public override bool HasContent => facts.Report.Examples.Count > 0;

    public override void WriteContent(HtmlWriter html)
    {
        html.Line($"<p class=\"intro\">Drawn at random from the texts of each value and scope; long ones are cut. A dataset may hold texts that offend.</p>");
        var shown = facts.Report.Examples.OrderBy(static example => example.Scope).ThenBy(static example => example.Value).Take(ReportLimits.Examples);
        foreach (var group in shown.GroupBy(static example => (example.Scope, example.Value)))
        {
            html.Line($"<h3>{facts.NameOf(group.Key.Value)} <span class=\"scope\">{group.Key.Scope.Name()}</span></h3>");
            foreach (var example in group)
            {
                html.Line($"{new ExampleQuote(example)}");
            }
        }

        if (facts.Report.Examples.Count > ReportLimits.Examples)
        {
            html.Line($"{new Note($"{ReportText.Count(facts.Report.Examples.Count - ReportLimits.Examples, "more example is", "more examples are")} not shown.")}");
        }
    }

    private sealed record ExampleQuote(ExampleText Example) : IHtmlPart
    {
        public void WriteTo(HtmlWriter html)
        {
            var place = Example.Position.File is { } file
                ? $"{ReportText.Name(Path.GetFileName(file))}({Example.Position.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)})"
                : "";
            html.Add($"<figure><blockquote dir=\"auto\">{ReportText.Cut(Example.Text, ReportLimits.ExampleCharacters)}</blockquote>");
            html.Add($"<figcaption>{place} · score {ShareText.Percent(Example.Score)}{(Example.Stance is { } stance ? $" · {stance.Name()}" : "")}</figcaption></figure>");
        }
    }
}
