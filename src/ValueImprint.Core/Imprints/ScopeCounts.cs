namespace ValueImprint.Core.Imprints;

/// <summary>What was counted of one scope.</summary>
public sealed class ScopeCounts
{
    internal ScopeCounts(
        TextScope scope, long texts, long abstained, long truncated, IReadOnlyList<ValueCounts> values, IReadOnlyList<LabelSet>? labelSets) =>
        (Scope, Texts, Abstained, Truncated, Values, LabelSets) = (scope, texts, abstained, truncated, values, labelSets);

    /// <summary>The scope.</summary>
    public TextScope Scope { get; }

    /// <summary>All classified texts, abstentions included: the denominator of every share.</summary>
    public long Texts { get; }

    /// <summary>Texts that the model gave no value.</summary>
    public long Abstained { get; }

    /// <summary>Texts that the model did not see whole.</summary>
    public long Truncated { get; }

    /// <summary><c>[values]</c> in the taxonomy's order.</summary>
    public IReadOnlyList<ValueCounts> Values { get; }

    /// <summary>
    /// The texts by the exact set of their values; empty from a single-label model, whose counts say it all, and
    /// <see langword="null"/> where there were more than <see cref="Core.Imprints.LabelSets.Most"/> different sets.
    /// </summary>
    public IReadOnlyList<LabelSet>? LabelSets { get; }

    /// <summary>
    /// Texts that have at least one of some values, with a stance or at all; <see langword="null"/> where the imprint can't tell, which
    /// is so for several values where <see cref="LabelSets"/> is <see langword="null"/>.
    /// </summary>
    /// <param name="values">Indexes into the taxonomy, each once.</param>
    /// <param name="stance">The stance; <see langword="null"/>: whatever it is.</param>
    /// <param name="problemType">That of the imprint's model.</param>
    public long? CountAny(IReadOnlyList<int> values, Stance? stance, ProblemType problemType) =>
        values.Count == 1 || problemType == ProblemType.SingleLabel ? values.Sum(value => Values[value].Count(stance))
        : LabelSets?.Where(set => (stance is null || set.Stance == stance) && set.Values.Any(values.Contains)).Sum(static set => set.Texts);

    internal static ScopeCounts Empty(TextScope scope, int values) =>
        new(scope, 0, 0, 0, [.. Enumerable.Range(0, values).Select(static _ => ValueCounts.Empty())], []);

    internal static ScopeCounts Merge(ScopeCounts left, ScopeCounts right) => checked(new(
        left.Scope,
        left.Texts + right.Texts,
        left.Abstained + right.Abstained,
        left.Truncated + right.Truncated,
        [.. left.Values.Zip(right.Values, ValueCounts.Merge)],
        Core.Imprints.LabelSets.Merge(left.LabelSets, right.LabelSets)));
}
