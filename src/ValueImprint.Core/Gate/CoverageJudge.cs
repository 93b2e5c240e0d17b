using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>Judges one coverage rule.</summary>
internal sealed class CoverageJudge(Imprint imprint, Policy policy, PrevalenceCache prevalences, BoundRule<CoverageRule> bound)
{
    private readonly CoverageRule _rule = bound.Rule;

    public CoverageOutcome Judge()
    {
        var scopes = TextScopes.All.Where(scope => _rule.Scope is null || _rule.Scope == scope).Select(scope => imprint[scope]).ToList();
        var total = scopes.Sum(static scope => scope.Texts);
        var counts = scopes.Select(scope => scope.CountAny(bound.Values, _rule.Stance, imprint.Model.ProblemType)).ToList();
        var isCountable = counts.All(static count => count is not null);
        var share = new Share(counts.Sum() ?? 0, total);
        var outcome = new CoverageOutcome
        {
            Id = bound.Id,
            Rule = _rule,
            Values = [.. bound.Values.Select(value => imprint.Taxonomy.Values[value])],
            Share = share,
            Estimate = share.Value,
            Interval = WilsonInterval.Of(share, policy.Interval),
            Verdict = Verdict.Pass,
        };
        if (FindObstacle(isCountable, outcome) is { } obstacle)
        {
            return outcome with { Verdict = Verdict.Inconclusive, Diagnostic = obstacle };
        }

        return _rule.Estimate == EstimateKind.Adjusted ? JudgeAdjusted(outcome) : JudgeBounds(outcome);
    }

    // What keeps the rule from being judged is an error whatever the rule's level: a rule that is never judged guards nothing.
    private Diagnostic? FindObstacle(bool isCountable, CoverageOutcome outcome)
    {
        var (code, message) = !isCountable ? (DiagnosticCatalogue.GroupNotCountable, CoverageMessage.GroupNotCountable(outcome))
            : _rule.Stance is not null && !imprint.Model.HasStance
                ? (DiagnosticCatalogue.NoStance, CoverageMessage.NoStance(outcome, imprint.Model))
            : outcome.Share.Total == 0 ? (DiagnosticCatalogue.MissingScope, CoverageMessage.MissingScope(outcome, imprint))
            : outcome.Share.Total < _rule.MinimumTexts ? (DiagnosticCatalogue.TooFewTexts, CoverageMessage.TooFewTexts(outcome))
            : (null, "");
        return code is null ? null : Diagnostic.Error(code, _rule.Position, message);
    }

    private CoverageOutcome JudgeAdjusted(CoverageOutcome outcome)
    {
        var (prevalence, problem) = prevalences[_rule.Scope];
        if (prevalence is null)
        {
            return outcome with
            {
                Verdict = Verdict.Inconclusive,
                Diagnostic = Diagnostic.Error(
                    DiagnosticCatalogue.AdjustmentNotPossible, _rule.Position, CoverageMessage.NotAdjustable(outcome, problem ?? "")),
            };
        }

        var estimate = prevalence.Of(bound.Values);
        return JudgeBounds(outcome with { Estimate = estimate.Value, Interval = estimate.Interval });
    }

    private CoverageOutcome JudgeBounds(CoverageOutcome outcome)
    {
        if (_rule.OnStraddle == OnStraddle.Inconclusive && Straddled(outcome) is { } straddled)
        {
            return outcome with
            {
                Verdict = _rule.Level == RuleLevel.Error ? Verdict.Inconclusive : Verdict.Warn,
                Diagnostic = Finding(DiagnosticCatalogue.Straddles, CoverageMessage.Straddles(outcome, straddled, policy.Interval)),
            };
        }

        var broken = _rule.Minimum is { } minimum && Compare(outcome, minimum, _rule.Judge) < 0 ? BrokenBound.Minimum
            : _rule.Maximum is { } maximum && Compare(outcome, maximum, _rule.Judge) > 0 ? BrokenBound.Maximum
            : BrokenBound.None;
        if (broken == BrokenBound.None)
        {
            return outcome;
        }

        outcome = outcome with { Broken = broken, Verdict = _rule.Level == RuleLevel.Error ? Verdict.Fail : Verdict.Warn };
        var code = broken == BrokenBound.Minimum ? DiagnosticCatalogue.BelowMinimum : DiagnosticCatalogue.AboveMaximum;
        return outcome with { Diagnostic = Finding(code, CoverageMessage.Broken(outcome, policy.Interval)) };
    }

    private ShareBound? Straddled(CoverageOutcome outcome)
    {
        foreach (var limit in new[] { _rule.Minimum, _rule.Maximum })
        {
            if (limit is { } share && Compare(outcome, share, JudgedOn.Lower) < 0 && Compare(outcome, share, JudgedOn.Upper) > 0)
            {
                return share;
            }
        }

        return null;
    }

    // A counted share and its ends are compared exactly; an adjusted one is a computed number in the first place.
    private int Compare(CoverageOutcome outcome, ShareBound limit, JudgedOn judge) => (_rule.Estimate, judge) switch
    {
        (EstimateKind.Adjusted, JudgedOn.Lower) => outcome.Interval.Lower.CompareTo(limit.Value),
        (EstimateKind.Adjusted, JudgedOn.Upper) => outcome.Interval.Upper.CompareTo(limit.Value),
        (EstimateKind.Adjusted, _) => outcome.Estimate.CompareTo(limit.Value),
        (_, JudgedOn.Lower) => WilsonInterval.CompareLowerEnd(outcome.Share, limit.Numerator, limit.Denominator, policy.Interval),
        (_, JudgedOn.Upper) => WilsonInterval.CompareUpperEnd(outcome.Share, limit.Numerator, limit.Denominator, policy.Interval),
        _ => limit.CompareShare(outcome.Share),
    };

    private Diagnostic Finding(DiagnosticCode code, string message) => Findings.Of(code, _rule.Level, _rule.Position, message);
}
