using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Estimation;

/// <summary>
/// What a preference dataset rewards: chosen against rejected texts of the same pairs, value by value. A pair whose sides agree says
/// nothing about a preference and only counts in the whole.
/// </summary>
public sealed class PreferenceContrast
{
    private PreferenceContrast(long pairs, ConfidenceLevel level, IReadOnlyList<ValueContrast> values, IReadOnlyList<ValueContrast> upheld) =>
        (Pairs, Level, Values, Upheld) = (pairs, level, values, upheld);

    /// <summary>Pairs that were compared; with none, there are no values either.</summary>
    public long Pairs { get; }

    /// <summary>Confidence of the intervals.</summary>
    public ConfidenceLevel Level { get; }

    /// <summary>By which side has the value, in the taxonomy's order.</summary>
    public IReadOnlyList<ValueContrast> Values { get; }

    /// <summary>By which side has the value and upholds it; empty without a stance head.</summary>
    public IReadOnlyList<ValueContrast> Upheld { get; }

    /// <summary>Compares the sides. The p-values of each list are adjusted for its number of values (Benjamini-Hochberg).</summary>
    public static PreferenceContrast Of(Imprint imprint, ConfidenceLevel level = default) => new(
        imprint.Pairs.Pairs,
        level,
        Compare(imprint, imprint.Pairs.Values, level),
        imprint.Model.HasStance ? Compare(imprint, imprint.Pairs.Upheld, level) : []);

    private static ValueContrast[] Compare(Imprint imprint, IReadOnlyList<PairedCounts> counts, ConfidenceLevel level)
    {
        var pairs = imprint.Pairs.Pairs;
        if (pairs == 0)
        {
            return [];
        }

        var adjusted = BenjaminiHochberg.Adjust([.. counts.Select(static sides => McNemar.ExactPValue(sides.ChosenOnly, sides.RejectedOnly))]);
        return
        [
            .. counts.Select((sides, index) =>
                ValueContrast.Of(imprint.Taxonomy.Values[index], sides, pairs, level) with { AdjustedPValue = adjusted[index] }),
        ];
    }
}

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

    /// <summary>Whether <see cref="AdjustedPValue"/> lies below what a confidence level leaves: 0.05 for 95 %.</summary>
    public bool IsClear(ConfidenceLevel level) => AdjustedPValue < 1 - level.Level;

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
