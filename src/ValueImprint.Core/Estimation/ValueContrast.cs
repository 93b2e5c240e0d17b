using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Estimation;

/// <summary>One value on the two sides of preference pairs.</summary>
public sealed record ValueContrast
{
    /// <summary>The value.</summary>
    public required ValueName Value { get; init; }

    /// <summary>Pairs by the side that has it.</summary>
    public required PairedCounts Counts { get; init; }

    /// <summary>All pairs.</summary>
    public required long Pairs { get; init; }

    /// <summary>Share among the chosen texts minus share among the rejected ones, in [−1, 1]: the size of the effect.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>
    /// Chance of a difference at least as large, either way, if the preference did not care: exact McNemar, not adjusted.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>The p-value adjusted for the number of values (Benjamini-Hochberg).</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>
    /// Odds that, of a pair whose sides differ, the chosen text has it: above 1 the preference rewards it. Infinite where the rejected
    /// text alone never has it, NaN where the sides never differ.
    /// </summary>
    public double OddsRatio => (double)Counts.ChosenOnly / Counts.RejectedOnly;

    internal static ValueContrast Of(ValueName value, PairedCounts counts, long pairs, ConfidenceLevel level) => new()
    {
        Value = value,
        Counts = counts,
        Pairs = pairs,
        Difference = new Estimate(
            (counts.ChosenOnly - counts.RejectedOnly) / (double)pairs,
            DifferenceInterval.Paired(counts.Both, counts.ChosenOnly, counts.RejectedOnly, pairs, level)),
        PValue = McNemar.ExactPValue(counts.ChosenOnly, counts.RejectedOnly),
    };
}
