namespace ValueImprint.Core.Imprints;

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
