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
