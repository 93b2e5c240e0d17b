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
