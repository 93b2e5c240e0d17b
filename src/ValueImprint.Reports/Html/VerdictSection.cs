using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What the policy says: the rules, those that don't hold first.</summary>
internal sealed class VerdictSection(ReportFacts facts) : ReportSection("verdict", "Verdict")
{
    public override bool HasContent => facts.Report.Result is not null;

    public override void WriteContent(HtmlWriter html)
    {
        if (facts.Report.Result is not { } result)
        {
            return;
        }

        var source = result.Policy.Source.Length > 0 ? $" by {ReportText.Name(Path.GetFileName(result.Policy.Source))}" : "";
        html.Line($"<p class=\"intro\">{VerdictMark.TagOf(result.Verdict)} judged{source}{(result.Imprint.Part is { } part ? $", of {part}" : "")}, with {facts.Level.ToString()} intervals.</p>");
        RuleOutcome[] rules = [.. result.Rules.OrderByDescending(static rule => rule.Verdict)];
        foreach (var diagnostic in result.Diagnostics.Where(diagnostic => rules.All(rule => rule.Diagnostic != diagnostic)).Take(ReportLimits.Rules))
        {
            html.Line($"<p class=\"message\"><b>{diagnostic.Code.Id}</b> {ReportText.Cut(diagnostic.Message, ReportLimits.MessageCharacters)}</p>");
        }

        if (rules.Length > 0)
        {
            WriteRules(html, rules);
        }
    }

    private static void WriteRules(HtmlWriter html, RuleOutcome[] rules)
    {
        html.Line($"<div class=\"panel\"><table class=\"rules\"><caption class=\"visually-hidden\">Rules of the policy</caption>");
        html.Line($"<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Found</th><th scope=\"col\">Asked for</th><th scope=\"col\">Verdict</th></tr></thead><tbody>");
        foreach (var rule in rules.Take(ReportLimits.Rules))
        {
            html.Add($"<tr><th scope=\"row\"><span class=\"name\">{ReportText.Name(rule.Name)}</span> <span class=\"scope\">{rule.Kind}, {rule.Scope}</span>{RuleChart.Of(rule)}");
            if (rule.Diagnostic is { } diagnostic)
            {
                html.Add($"<span class=\"message\"><b>{diagnostic.Code.Id}</b> {ReportText.Cut(diagnostic.Message, ReportLimits.MessageCharacters)}</span>");
            }

            html.Line($"</th><td>{rule.Observed}<small>{rule.IntervalText}</small></td><td class=\"words\">{rule.Bound}</td><td>{VerdictMark.TagOf(rule.Verdict)}</td></tr>");
        }

        html.Line($"</tbody></table></div>");
        if (rules.Length > ReportLimits.Rules)
        {
            html.Line($"{new Note($"{ReportText.Count(rules.Length - ReportLimits.Rules, "more rule is", "more rules are")} not shown, the best-kept ones; valueimprint gate lists all.")}");
        }
    }
}
