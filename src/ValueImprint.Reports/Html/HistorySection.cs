using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>The shares over several imprints.</summary>
internal sealed class HistorySection : ReportSection
{
    private readonly ReportFacts _facts;
    private readonly IReadOnlyList<NamedImprint> _points;
    private readonly List<(string Name, string Problem)> _apart;

    public HistorySection(ReportFacts facts)
        : base("history", "History")
    {
        _facts = facts;
        _apart = [.. facts.Report.History.Select(point => (point.Name, Problem: facts.Imprint.IncompatibilityWith(point.Imprint) ?? "")).Where(static point => point.Problem.Length > 0)];
        _points = [.. facts.Report.History.Where(point => facts.Imprint.IncompatibilityWith(point.Imprint) is null), new NamedImprint("now", facts.Imprint)];
    }

    public override bool HasContent => _facts.Report.History.Count > 0;

    public override void WriteContent(HtmlWriter html)
    {
        NamedImprint[] shown = [.. _points.Skip(Math.Max(0, _points.Count - ReportLimits.History))];
        if (shown.Length > 1)
        {
            html.Line($"<p class=\"intro\">The share of each value over {ReportText.Count(shown.Length, "imprint", "imprints")}, oldest first. The band is the {_facts.Level.ToString()} interval.</p>");
            foreach (var scope in TextScopes.All.Where(scope => shown.Count(point => point.Imprint[scope].Texts > 0) > 1))
            {
                html.Line($"{new HistoryTable(_facts, scope, shown)}");
            }
        }

        if (_points.Count > shown.Length)
        {
            html.Line($"{new Note($"{ReportText.Count(_points.Count - shown.Length, "older imprint is", "older imprints are")} not shown.")}");
        }

        foreach (var (name, problem) in _apart.Take(ReportLimits.History))
        {
            html.Line($"<p class=\"message\"><b>{ReportText.Name(name)}</b> is left out. {ReportText.Cut(problem, ReportLimits.MessageCharacters)}</p>");
        }
    }
}

/// <summary>The shares of one scope over several imprints: a line and the numbers for each value.</summary>
internal sealed record HistoryTable(ReportFacts Facts, TextScope Scope, IReadOnlyList<NamedImprint> Points) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        NamedImprint[] points = [.. Points.Where(point => point.Imprint[Scope].Texts > 0)];
        html.Line($"<div class=\"panel wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"history-{Scope.Name()}\"><table class=\"history\"><caption id=\"history-{Scope.Name()}\"><b>{Scope.Name()}</b></caption>");
        html.Add($"<thead><tr><th scope=\"col\">Value</th>");
        foreach (var point in points)
        {
            html.Add($"<th scope=\"col\">{ReportText.Name(point.Name)}<small>{ReportText.Count(point.Imprint[Scope].Texts, "text", "texts")}</small></th>");
        }

        html.Line($"</tr></thead><tbody>");
        var values = Enumerable.Range(0, Facts.Imprint.Taxonomy.Values.Count).OrderByDescending(value => points[^1].Imprint[Scope].Values[value].Texts).ToList();
        var shown = ShownItems<int>.Of(values, ReportLimits.Values);
        foreach (var value in shown.First.Concat(shown.Last))
        {
            Estimate[] shares = [.. points.Select(point => ShareOf(point.Imprint[Scope], value))];
            html.Add($"<tr><th scope=\"row\"><span class=\"name\">{Facts.NameOf(value)}</span>{new TrendLine(shares)}</th>");
            foreach (var share in shares)
            {
                html.Add($"<td>{ShareText.Percent(share.Value)}<small>{ShareText.Range(share.Interval)}</small></td>");
            }

            html.Line($"</tr>");
        }

        html.Line($"</tbody></table>{(shown.LeftOut == 0 ? null : new Note($"{ReportText.Count(shown.LeftOut, "value", "values")} of middling frequency are not shown."))}</div>");
    }

    private Estimate ShareOf(ScopeCounts counts, int value)
    {
        var share = new Share(counts.Values[value].Texts, counts.Texts);
        return new Estimate(share.Value, WilsonInterval.Of(share, Facts.Level));
    }
}
