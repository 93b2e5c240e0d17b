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

/// <summary>Pairs by which of their two texts have something; the pairs in which neither has it are the rest.</summary>
/// <param name="Both">Both texts have it.</param>
/// <param name="ChosenOnly">The chosen text alone has it.</param>
/// <param name="RejectedOnly">The rejected text alone has it.</param>
public readonly record struct PairedCounts(long Both, long ChosenOnly, long RejectedOnly)
{
    /// <summary>Pairs whose chosen text has it.</summary>
    public long Chosen => checked(Both + ChosenOnly);

    /// <summary>Pairs whose rejected text has it.</summary>
    public long Rejected => checked(Both + RejectedOnly);

    internal PairedCounts Plus(PairedCounts other) => checked(new(
        Both + other.Both, ChosenOnly + other.ChosenOnly, RejectedOnly + other.RejectedOnly));

    internal PairedCounts Plus(bool chosen, bool rejected) => (chosen, rejected) switch
    {
        (true, true) => this with { Both = Both + 1 },
        (true, false) => this with { ChosenOnly = ChosenOnly + 1 },
        (false, true) => this with { RejectedOnly = RejectedOnly + 1 },
        _ => this,
    };
}

/// <summary>The running counts of preference pairs.</summary>
internal sealed class PairTally(ProblemType problemType, int values)
{
    private readonly PairedCounts[] _values = new PairedCounts[values];
    private readonly PairedCounts[] _upheld = new PairedCounts[values];
    private readonly long[] _transitions = problemType == ProblemType.SingleLabel ? new long[(values + 1) * (values + 1)] : [];
    private long _pairs;

    /// <summary>Counts a row if it is a pair: exactly one chosen and one rejected text, whatever other texts it has.</summary>
    public void AddRow(ReadOnlySpan<TextVerdict> texts)
    {
        var (chosen, rejected) = (-1, -1);
        for (var index = 0; index < texts.Length; index++)
        {
            ref var side = ref chosen;
            switch (texts[index].Scope)
            {
                case TextScope.Chosen:
                    break;
                case TextScope.Rejected:
                    side = ref rejected;
                    break;
                default:
                    continue;
            }

            if (side >= 0)
            {
                return;
            }

            side = index;
        }

        if (chosen >= 0 && rejected >= 0)
        {
            AddPair(texts[chosen], texts[rejected]);
        }
    }

    public PairCounts Build() => new(_pairs, [.. _values], [.. _upheld], [.. _transitions]);

    private void AddPair(in TextVerdict chosen, in TextVerdict rejected)
    {
        _pairs++;
        AddSides(_values, chosen.Values.Span, rejected.Values.Span);
        AddSides(_upheld, Upheld(chosen), Upheld(rejected));
        if (problemType == ProblemType.SingleLabel)
        {
            _transitions[ValueOf(rejected) * (values + 1) + ValueOf(chosen)]++;
        }
    }

    private static void AddSides(PairedCounts[] counts, ReadOnlySpan<int> chosen, ReadOnlySpan<int> rejected)
    {
        foreach (var value in chosen)
        {
            counts[value] = counts[value].Plus(chosen: true, rejected.Contains(value));
        }

        foreach (var value in rejected)
        {
            if (!chosen.Contains(value))
            {
                counts[value] = counts[value].Plus(chosen: false, rejected: true);
            }
        }
    }

    private static ReadOnlySpan<int> Upheld(in TextVerdict text) => text.Stance == Stance.Upholds ? text.Values.Span : [];

    private int ValueOf(in TextVerdict text) => text.Values.IsEmpty ? values : text.Values.Span[0];
}
