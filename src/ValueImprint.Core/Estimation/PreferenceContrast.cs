using ValueImprint.Core.Imprints;

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
