using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>
/// Judges an imprint by a policy. Can't pass by accident: a policy that does not fit the taxonomy, an imprint of nothing and a scope
/// without texts are errors, never 100 %. Texts on which the model abstained stay in the denominator, so that a model can't be made to
/// pass by abstaining.
/// </summary>
public static class GateEvaluator
{
    private const int MaxMissingNamed = 12;

    /// <summary>Judges every rule.</summary>
    /// <param name="imprint">What is judged.</param>
    /// <param name="policy">The rules.</param>
    /// <param name="baseline">The imprint of an accepted dataset, for rules on drift; without it they can't be judged.</param>
    /// <param name="allowPartial">Judge imprints that don't count all units of their files; <see cref="GateResult.VerdictText"/> then says so.</param>
    public static GateResult Judge(Imprint imprint, Policy policy, Imprint? baseline = null, bool allowPartial = false)
    {
        if (!allowPartial && (FindMissing(imprint, "imprint") ?? (baseline is null ? null : FindMissing(baseline, "baseline"))) is { } missing)
        {
            return NotApplicable(imprint, policy, [missing]);
        }

        var binding = new PolicyBinding(policy, imprint.Taxonomy);
        if (binding.Diagnostics.Count > 0)
        {
            return NotApplicable(imprint, policy, binding.Diagnostics);
        }

        if (imprint.Texts == 0)
        {
            return NotApplicable(imprint, policy, [Diagnostic.Error(
                DiagnosticCatalogue.NothingToJudge,
                new SourcePosition(policy.Source.Length > 0 ? policy.Source : null),
                FormattableString.Invariant($"The imprint counts no text ({imprint.Rows.Read} rows read, {imprint.Rows.Rejected} rejected). ")
                + "An empty dataset never passes: check the files and their layout.")]);
        }

        var prevalences = new PrevalenceCache(imprint, policy.Interval);
        RuleOutcome[] outcomes =
        [
            .. binding.Coverage.Select(bound => new CoverageJudge(imprint, policy, prevalences, bound).Judge()),
            .. binding.Contrast.Select(bound => new ContrastJudge(imprint, policy, bound).Judge()),
            .. binding.Drift.Select(bound => JudgeDrift(imprint, policy, baseline, bound)),
        ];
        return new GateResult
        {
            Imprint = imprint,
            Policy = policy,
            Rules = outcomes,
            Verdict = outcomes.Max(static outcome => outcome.Verdict),
            Diagnostics = [.. outcomes.Select(static outcome => outcome.Diagnostic).OfType<Diagnostic>()],
        };
    }

    /// <summary>The fault of an imprint that does not count all units of its files; <see langword="null"/> of one that does.</summary>
    /// <param name="imprint">The imprint.</param>
    /// <param name="what">What it is, such as <c>baseline</c>.</param>
    public static Diagnostic? FindMissing(Imprint imprint, string what)
    {
        if (imprint.Part is null)
        {
            return null;
        }

        var missing = imprint.MissingUnits.ToList();
        var more = missing.Count > MaxMissingNamed ? FormattableString.Invariant($" and {missing.Count - MaxMissingNamed:N0} more") : "";
        return Diagnostic.Error(
            DiagnosticCatalogue.IncompleteImprint,
            default,
            $"The {what} counts {imprint.Part}; rerun {string.Join(", ", missing.Take(MaxMissingNamed))}{more} and add them up, or say --partial to go by a part.");
    }

    private static DriftOutcome JudgeDrift(Imprint imprint, Policy policy, Imprint? baseline, BoundRule<DriftRule> bound) =>
        baseline is null
            ? DriftJudge.Unjudged(bound, DiagnosticCatalogue.NoBaseline, "The drift can not be judged: no baseline was given. Name its imprint, "
                + "or remove the rule.")
        : (imprint.IncompatibilityWith(baseline) ?? imprint.OtherReadingThan(baseline)) is { } problem
            ? DriftJudge.Unjudged(bound, DiagnosticCatalogue.IncomparableBaseline, $"The drift can not be judged. {problem}")
        : new DriftJudge(baseline, imprint, policy, bound).Judge();

    private static GateResult NotApplicable(Imprint imprint, Policy policy, IReadOnlyList<Diagnostic> diagnostics) => new()
    {
        Imprint = imprint,
        Policy = policy,
        Verdict = Verdict.Inconclusive,
        Rules = [],
        Diagnostics = diagnostics,
    };
}

/// <summary>What a gate found.</summary>
public sealed record GateResult
{
    /// <summary>The judged imprint; of an early decision, the rows that were looked at.</summary>
    public required Imprint Imprint { get; init; }

    /// <summary>The policy that it was judged by.</summary>
    public required Policy Policy { get; init; }

    /// <summary>The worst verdict of all rules; <see cref="Verdict.Inconclusive"/> where the policy could not be applied at all.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>One for each rule, in the order of the policy; none where the policy could not be applied at all.</summary>
    public required IReadOnlyList<RuleOutcome> Rules { get; init; }

    /// <summary>What to tell a person: first what keeps the policy from being applied, then one for each rule that does not hold.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Set where it was settled before the last row; <see langword="null"/>: all rows were judged.</summary>
    public EarlyDecision? Early { get; init; }

    /// <summary>The verdict in words, which say so where a part was judged: <c>pass</c>, <c>pass (213 of 256 units)</c>.</summary>
    public string VerdictText => Imprint.Part is { } part ? $"{Verdict.Name()} ({part})" : Verdict.Name();
}

/// <summary>Estimates the prevalence of each scope once, however many rules ask for it. Lives as long as one judgement.</summary>
internal sealed class PrevalenceCache(Imprint imprint, ConfidenceLevel level)
{
    // The last place is for all scopes together.
    private readonly (Prevalence? Prevalence, string? Problem)?[] _known = new (Prevalence?, string?)?[TextScopes.Count + 1];

    public (Prevalence? Prevalence, string? Problem) this[TextScope? scope] => _known[(int?)scope ?? TextScopes.Count] ??= Estimate(scope);

    private (Prevalence? Prevalence, string? Problem) Estimate(TextScope? scope)
    {
        Prevalence.TryEstimate(imprint, scope, out var prevalence, out var problem, level);
        return (prevalence, problem);
    }
}

/// <summary>Turns a rule's level into the severity of what it finds.</summary>
internal static class Findings
{
    public static Diagnostic Of(DiagnosticCode code, RuleLevel level, SourcePosition position, string message) =>
        new(code, level == RuleLevel.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, message, position);

    /// <summary>What a broken rule of a level makes of the gate.</summary>
    public static Verdict VerdictOf(RuleLevel level) => level == RuleLevel.Error ? Verdict.Fail : Verdict.Warn;
}
