namespace ValueImprint.Core.Imprints;

/// <summary>
/// The texts of a multi-label model by the exact set of their values, so that a text with two values of a group counts once. Given up
/// as a whole where there are too many different sets; lawful to merge, since a union only grows.
/// </summary>
public static class LabelSets
{
    /// <summary>Most different sets in a scope.</summary>
    public const int MaxSets = 4096;

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

        return combined.Count > MaxSets ? null : combined;
    }

    internal static IReadOnlyList<LabelSet>? Merge(IReadOnlyList<LabelSet>? left, IReadOnlyList<LabelSet>? right) =>
        left is null || right is null ? null : Combine(left.Concat(right));
}

/// <summary>How many texts have exactly these values and this stance.</summary>
/// <param name="Values">Indexes into the taxonomy, ascending; none: the model abstained.</param>
/// <param name="Stance">The stance of the texts; <see langword="null"/> from a model without a stance head.</param>
/// <param name="Texts">How many, from 1.</param>
public sealed record LabelSet(IReadOnlyList<int> Values, Stance? Stance, long Texts)
{
    /// <summary>By values, lexicographically, then by stance.</summary>
    internal static Comparer<LabelSet> Order { get; } = Comparer<LabelSet>.Create(static (left, right) =>
    {
        for (var index = 0; index < left.Values.Count && index < right.Values.Count; index++)
        {
            if (left.Values[index] != right.Values[index])
            {
                return left.Values[index].CompareTo(right.Values[index]);
            }
        }

        var order = left.Values.Count.CompareTo(right.Values.Count);
        return order != 0 ? order : Nullable.Compare(left.Stance, right.Stance);
    });

    /// <summary>Whether both stand for the same kind of text.</summary>
    internal bool IsSameSet(LabelSet other) => Order.Compare(this, other) == 0;
}

/// <summary>Counts texts by the set of their values.</summary>
internal sealed class LabelSetTally
{
    private readonly Dictionary<string, LabelSet> _sets = new(StringComparer.Ordinal);
    private bool _isTooMany;

    public void Add(in TextVerdict text)
    {
        if (_isTooMany)
        {
            return;
        }

        int[] values = [.. text.Values.Span];
        Array.Sort(values);
        var key = $"{string.Join(',', values)}/{text.Stance}";
        var set = _sets.GetValueOrDefault(key) ?? new LabelSet(values, text.Stance, 0);
        _sets[key] = set with { Texts = set.Texts + 1 };
        if (_sets.Count > LabelSets.MaxSets)
        {
            _isTooMany = true;
            _sets.Clear();
        }
    }

    public IReadOnlyList<LabelSet>? Build() => _isTooMany ? null : LabelSets.Combine(_sets.Values);
}
