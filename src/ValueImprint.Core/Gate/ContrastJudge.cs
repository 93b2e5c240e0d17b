using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using static System.FormattableString;

namespace ValueImprint.Core.Gate;

/// <summary>Judges one contrast rule.</summary>
internal sealed class ContrastJudge(Imprint imprint, Policy policy, BoundRule<ContrastRule> bound)
{
    private readonly ContrastRule _rule = bound.Rule;

    public ContrastOutcome Judge()
    {
        var value = _rule.Target.IsGroup
            ? new ValueName(_rule.Target.Name, $"group {_rule.Target.Name}")
            : imprint.Taxonomy.Values[bound.Values[0]];
        var outcome = new ContrastOutcome { Id = bound.Id, Rule = _rule, Target = value.Name, Verdict = Verdict.Pass };
        var counts = Count();
        return FindObstacle(counts) is { } obstacle
            ? outcome with { Verdict = Verdict.Inconclusive, Diagnostic = obstacle }
            // Not null: FindObstacle reports what can't be counted.
            : JudgeBounds(outcome, ValueContrast.Of(value, counts!.Value, imprint.Pairs.Pairs, policy.Interval));
    }

    private PairedCounts? Count()
    {
        var pairs = imprint.Pairs;
        if (bound.Values.Count == 1)
        {
            return (_rule.IsUpheld ? pairs.Upheld : pairs.Values)[bound.Values[0]];
        }

        if (_rule.IsUpheld || pairs.Transitions.Count == 0)
        {
            return null;
        }

        var counts = default(PairedCounts);
        for (var rejected = 0; rejected <= pairs.Values.Count; rejected++)
        {
            for (var chosen = 0; chosen <= pairs.Values.Count; chosen++)
            {
                var transition = pairs.Transition(rejected, chosen);
                counts = (bound.Values.Contains(chosen), bound.Values.Contains(rejected)) switch
                {
                    (true, true) => counts with { Both = counts.Both + transition },
                    (true, false) => counts with { ChosenOnly = counts.ChosenOnly + transition },
                    (false, true) => counts with { RejectedOnly = counts.RejectedOnly + transition },
                    _ => counts,
                };
            }
        }

        return counts;
    }

    private Diagnostic? FindObstacle(PairedCounts? counts)
    {
        var (code, reason) =
            _rule.IsUpheld && !imprint.Model.HasStance
                ? (DiagnosticCatalogue.NoStance,
                    $"the model '{imprint.Model.Name}' gives no stance. Leave out 'stance', or use a model that gives one.")
            : counts is null
                ? (DiagnosticCatalogue.GroupNotCountable,
                    "pairs of a group are counted neither by stance nor for a multi-label model. Write rules for single values.")
            : imprint.Pairs.Pairs < _rule.MinimumPairs
                ? (DiagnosticCatalogue.NoPairs,
                    Invariant($"the dataset has {imprint.Pairs.Pairs:N0} pairs of a chosen and a rejected text, the rule asks for at least ")
                    + Invariant($"{_rule.MinimumPairs:N0}. Check the dataset's layout, or remove the rule."))
            : (null, "");
        return code is null
            ? null
            : Diagnostic.Error(code, _rule.Position, $"The contrast of '{_rule.Target.Name}' can not be judged: {reason}");
    }

    private ContrastOutcome JudgeBounds(ContrastOutcome outcome, ValueContrast contrast)
    {
        outcome = outcome with { Contrast = contrast };
        var broken = _rule.Minimum is { } minimum && Compare(contrast, minimum) < 0 ? BrokenBound.Minimum
            : _rule.Maximum is { } maximum && Compare(contrast, maximum) > 0 ? BrokenBound.Maximum
            : BrokenBound.None;
        return broken == BrokenBound.None ? outcome : outcome with
        {
            Broken = broken,
            Verdict = Findings.VerdictOf(_rule.Level),
            Diagnostic = Findings.Of(
                broken == BrokenBound.Minimum ? DiagnosticCatalogue.ContrastBelowMinimum : DiagnosticCatalogue.ContrastAboveMaximum,
                _rule.Level,
                _rule.Position,
                Message(outcome, contrast, broken)),
        };
    }

    private int Compare(ValueContrast contrast, DifferenceBound limit) => _rule.Judge switch
    {
        JudgedOn.Lower => contrast.Difference.Interval.Lower.CompareTo(limit.Value),
        JudgedOn.Upper => contrast.Difference.Interval.Upper.CompareTo(limit.Value),
        _ => limit.Compare(contrast.Counts.ChosenOnly - contrast.Counts.RejectedOnly, contrast.Pairs),
    };

    private string Message(ContrastOutcome outcome, ValueContrast contrast, BrokenBound broken)
    {
        var (chosen, rejected) = (new Share(contrast.Counts.Chosen, contrast.Pairs), new Share(contrast.Counts.Rejected, contrast.Pairs));
        var end = _rule.Judge == JudgedOn.Point ? "" : $"whose {_rule.Judge.Name()} end is ";
        var bound = broken == BrokenBound.Minimum ? $"below the minimum of {_rule.Minimum}" : $"above the maximum of {_rule.Maximum}";
        var advice = broken == BrokenBound.Minimum ? "rejected" : "chosen";
        return $"'{outcome.Name}' is in {ShareText.Percent(chosen.Value)} of chosen and {ShareText.Percent(rejected.Value)} of rejected texts: "
            + Invariant($"{ShareText.Points(contrast.Difference.Value)} over {contrast.Pairs:N0} pairs ({policy.Interval} interval ")
            + $"{ShareText.PointRange(contrast.Difference.Interval)}; exact McNemar p {(contrast.PValue < 0.001 ? "" : "= ")}{ShareText.Probability(contrast.PValue)}), {end}{bound}. "
            + $"Look at pairs whose {advice} text alone has it.";
    }
}
