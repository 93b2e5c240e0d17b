using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

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
}
