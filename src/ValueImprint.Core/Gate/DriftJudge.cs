using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using static System.FormattableString;

namespace ValueImprint.Core.Gate;

/// <summary>Judges one drift rule against a baseline of the same model and taxonomy.</summary>
internal sealed class DriftJudge(Imprint baseline, Imprint current, Policy policy, BoundRule<DriftRule> bound)
{
    private readonly DriftRule _rule = bound.Rule;

    /// <summary>A rule that can't be judged, for a reason that holds for all drift rules.</summary>
    public static DriftOutcome Unjudged(BoundRule<DriftRule> bound, DiagnosticCode code, string message) => new()
    {
        Id = bound.Id,
        Rule = bound.Rule,
        Target = bound.Rule.Target?.Name ?? "all values",
        Verdict = Verdict.Inconclusive,
        Diagnostic = Diagnostic.Error(code, bound.Rule.Position, message),
    };

    public DriftOutcome Judge()
    {
        var (before, now) = (LabelCounts.Of(baseline, _rule.Scope), LabelCounts.Of(current, _rule.Scope));
        if (before.Texts == 0 || now.Texts == 0)
        {
            var side = now.Texts == 0 ? "dataset" : "baseline";
            return Unjudged(bound, DiagnosticCatalogue.MissingScope, $"The drift can not be judged: the {side} has no texts of the scope "
                + $"'{RuleWords.NameOf(_rule.Scope)}'. Check the rule's scope and the dataset's layout.");
        }

        if (Math.Min(before.Texts, now.Texts) < _rule.MinimumTexts)
        {
            return Unjudged(
                bound,
                DiagnosticCatalogue.TooFewTexts,
                Invariant($"The drift can not be judged: {before.Texts:N0} texts in the baseline, {now.Texts:N0} in the dataset, the rule asks ")
                + Invariant($"for at least {_rule.MinimumTexts:N0} in both ('minimum_texts'). Audit more rows."));
        }

        return _rule.Target is { } target ? JudgeShare(target) : JudgeDivergence(before, now);
    }

    private DriftOutcome JudgeShare(RuleTarget target)
    {
        if (ShareOf(baseline) is not { } before || ShareOf(current) is not { } now)
        {
            return Unjudged(
                bound,
                DiagnosticCatalogue.GroupNotCountable,
                Invariant($"The drift of the group '{target.Name}' can not be judged: the texts have more than {LabelSets.MaxSets} different ")
                + "combinations of values. Write rules for single values.");
        }

        var value = target.IsGroup ? new ValueName(target.Name, $"group {target.Name}") : current.Taxonomy.Values[bound.Values[0]];
        var drift = ValueDrift.Of(value, before, now, policy.Interval);
        var outcome = new DriftOutcome { Id = bound.Id, Rule = _rule, Target = value.Name, Change = drift, Verdict = Verdict.Pass };
        // A drop is a change turned round, and so are the ends of its interval.
        var change = drift.Change;
        var down = new Estimate(-change.Value, new Interval(-change.Interval.Upper, -change.Interval.Lower));
        return _rule.MaxDrop is { } drop && IsBeyond(before, now, down, drop)
                ? Broken(outcome, DiagnosticCatalogue.ShareDropped, ShareMessage(drift, "fell", $"drop of {drop}"))
            : _rule.MaxRise is { } rise && IsBeyond(now, before, change, rise)
                ? Broken(outcome, DiagnosticCatalogue.ShareRose, ShareMessage(drift, "rose", $"rise of {rise}"))
            : outcome;
    }

    private DriftOutcome JudgeDivergence(LabelCounts before, LabelCounts now)
    {
        var divergence = DivergenceBootstrap.Estimate(before, now, policy.Interval).JensenShannon;
        var outcome = new DriftOutcome { Id = bound.Id, Rule = _rule, Target = "all values", Divergence = divergence, Verdict = Verdict.Pass };
        // Not null: a rule without a target has it.
        var limit = _rule.MaxDivergence!.Value;
        return Judged(divergence) <= limit.Value ? outcome : Broken(
            outcome,
            DiagnosticCatalogue.Diverged,
            Invariant($"The values of {Texts()} diverged from the baseline by {ShareText.Bits(divergence.Value)} bits ({policy.Interval} interval ")
            + Invariant($"{outcome.IntervalText}; {before.Texts:N0} and {now.Texts:N0} texts), {End()}above the most allowed, {limit}. ")
            + "Compare the two imprints to see which values moved.");
    }

    // By how much the one share exceeds the other: exactly on the point, by computed numbers at the ends.
    private bool IsBeyond(Share higher, Share lower, Estimate difference, ShareBound limit) => _rule.Judge == JudgedOn.Point
        ? Excess.IsAbove(higher, lower, limit.Numerator, limit.Denominator)
        : Judged(difference) > limit.Value;

    private double Judged(Estimate estimate) => _rule.Judge switch
    {
        JudgedOn.Lower => estimate.Interval.Lower,
        JudgedOn.Upper => estimate.Interval.Upper,
        _ => estimate.Value,
    };

    private Share? ShareOf(Imprint imprint)
    {
        ScopeCounts[] scopes = [.. imprint.Scopes.Where(counts => _rule.Scope is null || counts.Scope == _rule.Scope)];
        long?[] counts = [.. scopes.Select(scope => scope.CountAny(bound.Values, null, imprint.Model.ProblemType))];
        return counts.Contains(null) ? null : new Share(counts.Sum() ?? 0, scopes.Sum(static scope => scope.Texts));
    }

    private DriftOutcome Broken(DriftOutcome outcome, DiagnosticCode code, string message) => outcome with
    {
        Verdict = Findings.VerdictOf(_rule.Level),
        Diagnostic = Findings.Of(code, _rule.Level, _rule.Position, message),
    };

    private string ShareMessage(ValueDrift drift, string moved, string limit) =>
        $"'{drift.Value.Name}' {moved} from {ShareText.Percent(drift.Baseline.Value)} to {ShareText.Percent(drift.Current.Value)} "
        + $"of {Texts()} "
        + Invariant($"({drift.Baseline.Count:N0} of {drift.Baseline.Total:N0}, now {drift.Current.Count:N0} of {drift.Current.Total:N0}; ")
        + $"change {ShareText.Points(drift.Change.Value)}, {policy.Interval} interval {ShareText.PointRange(drift.Change.Interval)}), "
        + $"{End()}beyond the most allowed, a {limit}. Balance the texts, or accept the dataset as the new baseline.";

    private string End() => _rule.Judge == JudgedOn.Point ? "" : $"with the {_rule.Judge.Name()} end ";

    private string Texts() => _rule.Scope is { } scope ? $"'{scope.Name()}' texts" : "all texts";
}
