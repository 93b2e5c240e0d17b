using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>How the texts of each value treat it.</summary>
internal sealed class StanceSection(ReportFacts facts) : ReportSection("stance", "Stance")
{
    public override bool HasContent => facts.Imprint.Model.HasStance && facts.Scopes.Count > 0;

    public override void WriteContent(HtmlWriter html)
    {
        html.Line($"<p class=\"intro\">How the texts treat the value at stake: in line with it, against it, or neither. Shares of the value's own texts.</p>");
        html.Line($"<ul class=\"legend\" aria-hidden=\"true\"><li><i class=\"k-upholds\"></i>upheld</li><li><i class=\"k-neutral\"></i>neutral</li><li><i class=\"k-violates\"></i>violated</li></ul>");
        html.Line($"<div class=\"panels\">{facts.Scopes.Select(scope => new StanceTable(facts, scope))}</div>");
    }
}

/// <summary>The stances of one scope.</summary>
internal sealed record StanceTable(ReportFacts Facts, ScopeFacts Scope) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Line($"<div class=\"panel\"><table class=\"data\"><caption><b>{Scope.Scope.Name()}</b></caption>");
        html.Line($"<thead><tr><th scope=\"col\">Value</th><th scope=\"col\">Upheld</th><th scope=\"col\">Neutral</th><th scope=\"col\">Violated</th></tr></thead><tbody>");
        int[] values = [.. Scope.ByShare.Where(value => Scope.Counts.Values[value].Texts > 0)];
        var shown = ShownItems<int>.Of(values, ReportLimits.Values);
        foreach (var value in shown.First.Concat(shown.Last))
        {
            WriteRow(html, Facts.NameOf(value), Scope.Counts.Values[value]);
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} of middling frequency are not shown."))}</div>");
    }

    private static void WriteRow(HtmlWriter html, string name, ValueCounts counts)
    {
        var (upheld, neutral) = (100.0 * counts.Upholds / counts.Texts, 100.0 * counts.Neutral / counts.Texts);
        html.Add($"<tr><th scope=\"row\"><span class=\"name\">{name}</span><svg class=\"chart thick\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<rect class=\"upholds\" width=\"{upheld}%\" height=\"12\"/><rect class=\"neutral\" x=\"{upheld}%\" width=\"{neutral}%\" height=\"12\"/>");
        html.Add($"<rect class=\"violates\" x=\"{upheld + neutral}%\" width=\"{Math.Max(0, 100 - upheld - neutral)}%\" height=\"12\"/></svg></th>");
        foreach (var (stance, count) in new[] { ("Upheld", counts.Upholds), ("Neutral", counts.Neutral), ("Violated", counts.Violates) })
        {
            html.Add($"<td data-l=\"{stance}\">{ShareText.Percent((double)count / counts.Texts)}<small>{count}</small></td>");
        }

        html.Line($"</tr>");
    }
}
