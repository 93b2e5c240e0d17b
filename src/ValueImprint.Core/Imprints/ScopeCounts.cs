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
    /// <see langword="null"/> where there were more than <see cref="Core.Imprints.LabelSets.MaxSets"/> different sets.
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

/// <summary>What was counted of one value within one scope.</summary>
public sealed class ValueCounts
{
    internal ValueCounts(long texts, long upholds, long violates, long neutral, long[] scores) =>
        (Texts, Upholds, Violates, Neutral, Scores) = (texts, upholds, violates, neutral, scores);

    /// <summary>Texts that have the value.</summary>
    public long Texts { get; }

    /// <summary>Of these, the ones that act in line with it.</summary>
    public long Upholds { get; }

    /// <summary>Of these, the ones that go against it.</summary>
    public long Violates { get; }

    /// <summary>Of these, the ones that do neither.</summary>
    public long Neutral { get; }

    /// <summary>
    /// <c>[bins]</c>. Single-label: texts whose highest score is this value's, by that score, abstentions included. Multi-label: all
    /// texts, by this value's score. See <see cref="ScoreHistogram"/>.
    /// </summary>
    public IReadOnlyList<long> Scores { get; }

    /// <summary>Texts that have the value with a stance, or at all.</summary>
    public long Count(Stance? stance) => stance switch
    {
        null => Texts,
        Stance.Upholds => Upholds,
        Stance.Violates => Violates,
        _ => Neutral,
    };

    internal static ValueCounts Merge(ValueCounts left, ValueCounts right) => checked(new(
        left.Texts + right.Texts,
        left.Upholds + right.Upholds,
        left.Violates + right.Violates,
        left.Neutral + right.Neutral,
        [.. left.Scores.Zip(right.Scores, static (one, other) => checked(one + other))]));

    internal static ValueCounts Empty() => new(0, 0, 0, 0, new long[ScoreHistogram.Bins]);
}

/// <summary>The fixed bins that scores are counted in, so that histograms of shards add up.</summary>
public static class ScoreHistogram
{
    /// <summary>Bins of equal width over [0, 1].</summary>
    public const int Bins = 20;

    /// <summary>The bin of a score: <c>[0, 0.05)</c> is 0; 1 falls into the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">NaN, or outside [0, 1].</exception>
    public static int BinOf(float score) => score is >= 0 and <= 1
        ? Math.Min(Bins - 1, (int)(score * (double)Bins))
        : throw new ArgumentOutOfRangeException(nameof(score), score, "A score must lie in [0, 1].");
}
