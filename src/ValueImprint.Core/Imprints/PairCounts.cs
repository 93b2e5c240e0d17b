namespace ValueImprint.Core.Imprints;

/// <summary>
/// What was counted of preference pairs: rows with exactly one chosen and one rejected text. Says what the preference rewards, which
/// the two scopes on their own do not.
/// </summary>
public sealed class PairCounts
{
    internal PairCounts(long pairs, IReadOnlyList<PairedCounts> values, IReadOnlyList<PairedCounts> upheld, IReadOnlyList<long> transitions) =>
        (Pairs, Values, Upheld, Transitions) = (pairs, values, upheld, transitions);

    /// <summary>All pairs.</summary>
    public long Pairs { get; }

    /// <summary><c>[values]</c>: which side has the value.</summary>
    public IReadOnlyList<PairedCounts> Values { get; }

    /// <summary><c>[values]</c>: which side has the value and upholds it; all zero from a model without a stance head.</summary>
    public IReadOnlyList<PairedCounts> Upheld { get; }

    /// <summary>
    /// <c>[values + 1, values + 1]</c>, row after row: pairs by the value of the rejected text (row) and of the chosen one (column);
    /// the last row and column are abstentions. Empty from a multi-label model.
    /// </summary>
    public IReadOnlyList<long> Transitions { get; }

    /// <summary>Pairs that go from a value of the rejected text to a value of the chosen one; the index after the last is "abstained".</summary>
    /// <exception cref="InvalidOperationException">The model is multi-label.</exception>
    public long Transition(int rejected, int chosen) => Transitions.Count > 0
        ? Transitions[rejected * (Values.Count + 1) + chosen]
        : throw new InvalidOperationException("A multi-label model gives no transitions.");

    internal static PairCounts Empty(ProblemType problemType, int values) => new(
        0,
        new PairedCounts[values],
        new PairedCounts[values],
        problemType == ProblemType.SingleLabel ? new long[(values + 1) * (values + 1)] : []);

    internal static PairCounts Merge(PairCounts left, PairCounts right) => new(
        checked(left.Pairs + right.Pairs),
        [.. left.Values.Zip(right.Values, static (one, other) => one.Plus(other))],
        [.. left.Upheld.Zip(right.Upheld, static (one, other) => one.Plus(other))],
        [.. left.Transitions.Zip(right.Transitions, static (one, other) => checked(one + other))]);
}
