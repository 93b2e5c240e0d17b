using System.Numerics;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;
using static System.FormattableString;

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

/// <summary>What a coverage rule tells a person: value, scope, observed share, counts, interval, bound, what to do.</summary>
internal static class CoverageMessage
{
    public static string Broken(CoverageOutcome outcome, ConfidenceLevel level)
    {
        var isMinimum = outcome.Broken == BrokenBound.Minimum;
        // Not null: the bound is the broken one.
        var bound = isMinimum ? outcome.Rule.Minimum!.Value : outcome.Rule.Maximum!.Value;
        var share = outcome.Share;
        var relation = (isMinimum, outcome.Rule.Judge) switch
        {
            (true, JudgedOn.Point) => "below the minimum of",
            (false, JudgedOn.Point) => "above the maximum of",
            (true, var end) => $"whose {end.Name()} end is below the minimum of",
            (false, var end) => $"whose {end.Name()} end is above the maximum of",
        };
        var isAdjusted = outcome.Rule.Estimate == EstimateKind.Adjusted;
        var counted = isAdjusted ? $"counted {ShareText.Percent(share.Value)}, " : "";
        return $"{Subject(outcome)} is {ShareText.Percent(outcome.Estimate, bound.Value)} of {Texts(outcome.Rule)}{(isAdjusted ? ", adjusted" : "")} "
            + Invariant($"({counted}{share.Count:N0} of {share.Total:N0}; {level} interval ")
            + $"{ShareText.Percent(outcome.Interval.Lower, bound.Value)} to {ShareText.Percent(outcome.Interval.Upper, bound.Value)}), "
            + $"{relation} {bound}. {Advice(outcome, bound, isMinimum)}";
    }

    public static string Straddles(CoverageOutcome outcome, ShareBound bound, ConfidenceLevel level) =>
        $"{Subject(outcome)} can not be judged: {ShareText.Percent(outcome.Estimate, bound.Value)} of {Texts(outcome.Rule)} "
        + Invariant($"({outcome.Share.Count:N0} of {outcome.Share.Total:N0}), and the bound {bound} lies within the {level} interval ")
        + $"{ShareText.Percent(outcome.Interval.Lower)} to {ShareText.Percent(outcome.Interval.Upper)}. Audit more rows, or let the rule judge.";

    public static string NotAdjustable(CoverageOutcome outcome, string problem) =>
        $"{Subject(outcome)} can not be judged by its adjusted prevalence: {problem}";

    public static string MissingScope(CoverageOutcome outcome, Imprint imprint)
    {
        var present = string.Join(", ", imprint.Scopes.Select(static scope => scope.Scope.Name()));
        return $"{Subject(outcome)} can not be judged: the dataset has no texts of the scope '{RuleWords.NameOf(outcome.Rule.Scope)}'; "
            + $"it has {present}. Check the rule's scope and the dataset's layout.";
    }

    public static string TooFewTexts(CoverageOutcome outcome) =>
        Invariant($"{Subject(outcome)} can not be judged: {outcome.Share.Total:N0} {Texts(outcome.Rule)}, ")
        + Invariant($"the rule asks for at least {outcome.Rule.MinimumTexts:N0} ('minimum_texts'). Audit more rows.");

    public static string TooFewFor(CoverageOutcome outcome, long texts) => texts == 0
        ? $"{Subject(outcome)} can not be judged: the dataset has no texts of the scope '{RuleWords.NameOf(outcome.Rule.Scope)}'. "
            + "Check the rule's scope and the dataset's layout."
        : Invariant($"{Subject(outcome)} can not be judged: {texts:N0} {Texts(outcome.Rule)}, ")
            + Invariant($"the rule asks for at least {outcome.Rule.MinimumTexts:N0} ('minimum_texts'). Audit more rows.");

    public static string BrokenEarly(CoverageOutcome outcome, EarlyDecision decision)
    {
        var isMinimum = outcome.Broken == BrokenBound.Minimum;
        // Not null: the bound is the broken one.
        var bound = isMinimum ? outcome.Rule.Minimum!.Value : outcome.Rule.Maximum!.Value;
        var share = outcome.Share;
        return $"{Subject(outcome)} is {ShareText.Percent(outcome.Estimate, bound.Value)} of the {Texts(outcome.Rule)} looked at "
            + Invariant($"({share.Count:N0} of {share.Total:N0}), and in the whole dataset {(isMinimum ? "below the minimum" : "above the maximum")} of {bound} ")
            + Invariant($"(settled by {outcome.SettledAfter:N0} of {decision.RowsRead:N0} rows in random order, error rate at most ")
            + $"{ShareText.Percent(decision.ErrorRate)}). {(isMinimum ? "Add texts that show it." : "Remove such texts or add others.")}";
    }

    public static string GroupNotCountable(CoverageOutcome outcome) =>
        $"{Subject(outcome)} can not be judged: a text of this multi-label model may have several values of a group, and the texts "
        + Invariant($"have more than {LabelSets.MaxSets} different combinations, which the imprint does not keep. Write rules for single values.");

    public static string NoStance(CoverageOutcome outcome, ImprintModel model) =>
        $"{Subject(outcome)} can not be judged: the model '{model.Name}' gives no stance. Use a model with a stance head, "
        + "or leave out the rule's 'stance'.";

    private static string Subject(CoverageOutcome outcome)
    {
        var name = outcome.Rule.Target.IsGroup ? $"Group '{outcome.Rule.Target.Name}'" : $"'{outcome.Values[0].Name}'";
        return outcome.Rule.Stance is { } stance ? $"{name} ({stance.Name()})" : name;
    }

    private static string Texts(CoverageRule rule) => rule.Scope is { } scope ? $"'{scope.Name()}' texts" : "all texts";

    private static string Advice(CoverageOutcome outcome, ShareBound bound, bool isMinimum)
    {
        if (outcome.Rule.Judge != JudgedOn.Point || outcome.Rule.Estimate == EstimateKind.Adjusted)
        {
            return isMinimum
                ? "Add texts that show it, or audit more rows to narrow the interval."
                : "Remove texts that show it, or audit more rows to narrow the interval.";
        }

        return isMinimum && !bound.IsOne
            ? Lacking(outcome.Share, bound) is var lacking && lacking.IsOne
                ? "1 more such text would reach it."
                : Invariant($"{lacking:N0} more such texts would reach it.")
            : isMinimum ? "Remove the texts that do not show it."
            : "Remove such texts or add others.";
    }

    // The least m with (count + m) / (total + m) ≥ bound.
    private static BigInteger Lacking(Share share, ShareBound bound)
    {
        var missing = (BigInteger)share.Total * bound.Numerator - (BigInteger)share.Count * bound.Denominator;
        var each = (BigInteger)bound.Denominator - bound.Numerator;
        return (missing + each - 1) / each;
    }
}
