using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>
/// Judges an imprint by a policy. Can't pass by accident: a policy that does not fit the taxonomy, an imprint of nothing and a scope
/// without texts are errors, never 100 %. Texts on which the model abstained stay in the denominator, so that a model can't be made to
/// pass by abstaining.
/// </summary>
public static class GateEvaluator
{
    /// <summary>Judges every rule.</summary>
    /// <param name="imprint">What is judged.</param>
    /// <param name="policy">The rules.</param>
    /// <param name="baseline">The imprint of an accepted dataset, for rules on drift; without it they can't be judged.</param>
    public static GateResult Judge(Imprint imprint, Policy policy, Imprint? baseline = null)
    {
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

    private static DriftOutcome JudgeDrift(Imprint imprint, Policy policy, Imprint? baseline, BoundRule<DriftRule> bound) =>
        baseline is null
            ? DriftJudge.Unjudged(bound, DiagnosticCatalogue.NoBaseline, "The drift can not be judged: no baseline was given. Name its imprint, "
                + "or remove the rule.")
        : imprint.IncompatibilityWith(baseline) is { } problem
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
