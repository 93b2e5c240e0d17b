namespace ValueImprint.Core.Imprints;

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
