using static System.FormattableString;

namespace ValueImprint.Core.Imprints;

/// <summary>The sums that must hold among the counts of preference pairs.</summary>
internal static class PairAccounting
{
    /// <summary>The first sum that does not hold, as a sentence; <see langword="null"/> where all do.</summary>
    public static string? FindFault(Imprint imprint)
    {
        var pairs = imprint.Pairs;
        if (pairs.Pairs > Math.Min(imprint[TextScope.Chosen].Texts, imprint[TextScope.Rejected].Texts) || pairs.Pairs > imprint.Rows.Classified)
        {
            return Invariant($"There are more pairs ({pairs.Pairs}) than texts on a side or classified rows.");
        }

        for (var value = 0; value < pairs.Values.Count; value++)
        {
            if (FindFault(imprint, value) is { } fault)
            {
                return $"Pairs, value '{imprint.Taxonomy.Values[value].Id}': {fault}";
            }
        }

        return pairs.Transitions.Count > 0 && pairs.Transitions.Sum() != pairs.Pairs
            ? Invariant($"The transitions add up to {pairs.Transitions.Sum()} pairs, not to {pairs.Pairs}.")
            : null;
    }

    private static string? FindFault(Imprint imprint, int value)
    {
        var pairs = imprint.Pairs;
        var (has, upheld) = (pairs.Values[value], pairs.Upheld[value]);
        var (chosen, rejected) = (imprint[TextScope.Chosen].Values[value], imprint[TextScope.Rejected].Values[value]);
        return checked(has.Both + has.ChosenOnly + has.RejectedOnly) > pairs.Pairs ? "more pairs than there are."
            : has.Chosen > chosen.Texts || has.Rejected > rejected.Texts ? "more pairs than texts of the value."
            : upheld.Chosen > has.Chosen || upheld.Rejected > has.Rejected || upheld.Both > has.Both ? "more upholding pairs than pairs."
            : upheld.Chosen > chosen.Upholds || upheld.Rejected > rejected.Upholds ? "more upholding pairs than upholding texts."
            : pairs.Transitions.Count > 0 && !FitsTransitions(pairs, value) ? "the transitions do not fit."
            : null;
    }

    private static bool FitsTransitions(PairCounts pairs, int value)
    {
        var (from, to) = (0L, 0L);
        for (var other = 0; other <= pairs.Values.Count; other++)
        {
            from = checked(from + pairs.Transition(value, other));
            to = checked(to + pairs.Transition(other, value));
        }

        var has = pairs.Values[value];
        return from == has.Rejected && to == has.Chosen && pairs.Transition(value, value) == has.Both;
    }
}
