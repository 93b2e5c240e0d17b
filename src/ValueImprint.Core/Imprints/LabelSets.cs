namespace ValueImprint.Core.Imprints;

/// <summary>
/// The texts of a multi-label model by the exact set of their values, so that a text with two values of a group counts once. Given up
/// as a whole where there are too many different sets; lawful to merge, since a union only grows.
/// </summary>
public static class LabelSets
{
    /// <summary>Most different sets in a scope.</summary>
    public const int Most = 4096;

    /// <summary>Adds the texts of equal sets up and puts them in order; <see langword="null"/> where there are too many.</summary>
    internal static IReadOnlyList<LabelSet>? Combine(IEnumerable<LabelSet> sets)
    {
        var combined = new List<LabelSet>();
        foreach (var set in sets.Order(LabelSet.Order))
        {
            if (combined.Count > 0 && combined[^1].IsSameSet(set))
            {
                combined[^1] = set with { Texts = checked(combined[^1].Texts + set.Texts) };
            }
            else
            {
                combined.Add(set);
            }
        }

        return combined.Count > Most ? null : combined;
    }

    internal static IReadOnlyList<LabelSet>? Merge(IReadOnlyList<LabelSet>? left, IReadOnlyList<LabelSet>? right) =>
        left is null || right is null ? null : Combine(left.Concat(right));
}
