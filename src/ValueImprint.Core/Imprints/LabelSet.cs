namespace ValueImprint.Core.Imprints;

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
