using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tables;

/// <summary>A gate's rules with what was observed, and the verdict.</summary>
internal static class GateTable
{
    /// <summary>Writes table and verdict.</summary>
    public static void Write(GateResult result, TextWriter output, TerminalTraits traits)
    {
        var glyphs = Glyphs.For(traits);
        if (result.Rules.Count > 0)
        {
            Rules(result, glyphs).Write(output, traits);
            output.WriteLine();
        }

        var badge = VerdictText.Badge(result.Verdict, glyphs);
        output.WriteLine($"  {new Ink(traits.HasColor).Paint(badge.Text, badge.Tint)}: {Summary(result)}{(result.Imprint.Part is { } part ? $" in {part}" : "")}");
        if (result.Early is { } early)
        {
            foreach (var line in TextWrap.Lines(early.Summary, traits.Width - 2))
            {
                output.WriteLine($"  {line}");
            }
        }
    }

    private static TextTable Rules(GateResult result, Glyphs glyphs)
    {
        var table = new TextTable(
            new Column("Rule", Wraps: true),
            new Column("Scope"),
            new Column("Share", IsRight: true),
            new Column(result.Early is null ? $"{result.Policy.Interval} interval" : "Settled range", IsRight: true),
            new Column("Asked for", Wraps: true),
            new Column("Verdict"));
        foreach (var outcome in result.Rules)
        {
            table.Add(
                Subject(outcome),
                outcome.Scope,
                new Cell(Found(outcome), Tint.Strong),
                Interval(outcome, glyphs),
                outcome is CoverageOutcome coverage ? Asked(coverage.Rule, glyphs) : outcome.Bound,
                VerdictText.Badge(outcome.Verdict, glyphs));
        }

        return table;
    }

    private static string Subject(RuleOutcome outcome) => outcome is CoverageOutcome { Rule: { Target.IsGroup: true, Stance: null } rule }
        ? rule.Target.Name
        : outcome.Name;

    private static string Found(RuleOutcome outcome) => outcome is CoverageOutcome coverage
        ? ShareText.Percent(coverage.Estimate, Near(coverage))
        : outcome.Observed;

    private static string Interval(RuleOutcome outcome, Glyphs glyphs) => outcome is CoverageOutcome coverage
        ? ShareCells.Interval(coverage.Interval, glyphs)
        : outcome.IntervalText.Replace("–", glyphs.Range, StringComparison.Ordinal);

    private static string Asked(CoverageRule rule, Glyphs glyphs)
    {
        var bounds = (rule.Minimum, rule.Maximum) switch
        {
            ({ } least, { } most) => $"{least} {glyphs.Range} {most}",
            ({ } least, null) => $"at least {least}",
            (null, { } most) => $"at most {most}",
            _ => "",
        };
        return rule.Judge == JudgedOn.Point ? bounds : $"{bounds} ({rule.Judge.Name()} end)";
    }

    private static double Near(CoverageOutcome outcome) => outcome.Broken switch
    {
        BrokenBound.Minimum => outcome.Rule.Minimum?.Value ?? double.NaN,
        BrokenBound.Maximum => outcome.Rule.Maximum?.Value ?? double.NaN,
        _ => double.NaN,
    };

    private static string Summary(GateResult result)
    {
        var broken = result.Rules.Count(static rule => rule.Verdict != Verdict.Pass);
        return result.Rules.Count == 0 ? "the policy could not be applied"
            : broken == 0 ? Counted.Of(result.Rules.Count, "rule holds", "rules hold")
            : FormattableString.Invariant($"{broken} of {Counted.Of(result.Rules.Count, "rule", "rules")} not met");
    }
}
