using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Estimation;

/// <summary>How the share of one value moved.</summary>
/// <param name="Value">The value.</param>
/// <param name="Baseline">Its share of the baseline's texts.</param>
/// <param name="Current">Its share of the current texts.</param>
/// <param name="Change">Current minus baseline, in [−1, 1], with the interval for independent samples (Newcombe).</param>
public sealed record ValueDrift(ValueName Value, Share Baseline, Share Current, Estimate Change)
{
    internal static ValueDrift Of(ValueName value, Share baseline, Share current, ConfidenceLevel level) => new(
        value,
        baseline,
        current,
        new Estimate(current.Value - baseline.Value, DifferenceInterval.Independent(current, baseline, level)));
}
