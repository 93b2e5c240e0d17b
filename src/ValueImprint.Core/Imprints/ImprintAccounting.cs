using ValueImprint.Core.Gate;
using static System.FormattableString;

namespace ValueImprint.Core.Imprints;

/// <summary>The sums that must hold in every imprint, so that nothing is lost and nothing counted twice.</summary>
internal static class ImprintAccounting
{
    /// <summary>The first sum that does not hold, as a sentence; <see langword="null"/> where all do.</summary>
    public static string? FindFault(Imprint imprint) =>
        FindUnitFault(imprint)
        ?? FindRowFault(imprint)
        ?? TextScopes.All.Select(scope => FindScopeFault(imprint, imprint[scope])).FirstOrDefault(static fault => fault is not null)
        ?? PairAccounting.FindFault(imprint);

    private static string? FindUnitFault(Imprint imprint)
    {
        var files = imprint.Files.Select(UnitSet.KeyOf).ToHashSet(StringComparer.Ordinal);
        return imprint.Units.Count == 0 ? null
            : imprint.Units.Any(static set => set.Counted.Count == 0 || set.Count > UnitSet.MaxUnits || set.Counted.Keys.Any(unit => unit < 1 || unit > set.Count))
                ? "A set of units counts none, or one that it does not have."
            : files.SetEquals(imprint.Units.SelectMany(static set => set.Files))
                && imprint.Units.Sum(static set => set.Files.Distinct().Count()) == files.Count
                && imprint.Units.DistinctBy(static set => set.Id).Count() == imprint.Units.Count ? null
            : "Each file belongs to the units of exactly one audit, but the units name other files.";
    }

    private static string? FindRowFault(Imprint imprint)
    {
        var rows = imprint.Rows;
        var fileRows = imprint.Files.Sum(static file => file.Rows);
        var places = rows.RejectedPlaces;
        return fileRows != rows.Read ? Invariant($"The files have {fileRows} rows, but {rows.Read} rows are accounted for.")
            : places.Count != Math.Min(rows.Rejected, RowCounts.MaxRejectedPlaces)
                ? Invariant($"{rows.Rejected} rows were rejected, but {places.Count} places are named.")
            : rows.RejectedByReason.FirstOrDefault(reason => places.Count(place => place.Reason == reason.Key) > reason.Value).Key is { } extra
                ? Invariant($"More rows are named for the reason '{extra}' than were rejected for it.")
            : places.FirstOrDefault(place => rows.RejectedByReason.All(reason => reason.Key != place.Reason)) is { } unknown
                ? Invariant($"A place is named for the reason '{unknown.Reason}', for which no row was rejected.")
            : places.FirstOrDefault(place => imprint.Files.All(file => file.Name != place.File)) is { } elsewhere
                ? Invariant($"A place is in the file '{elsewhere.File}', which is not among the files.")
            : imprint.Texts < rows.Classified || (rows.Classified == 0 && imprint.Texts > 0)
                ? Invariant($"{rows.Classified} rows were classified, but {imprint.Texts} texts are counted.")
            : null;
    }

    private static string? FindScopeFault(Imprint imprint, ScopeCounts scope)
    {
        var name = scope.Scope.Name();
        if (scope.Abstained > scope.Texts || scope.Truncated > scope.Texts)
        {
            return Invariant($"Scope '{name}' has {scope.Texts} texts, but {scope.Abstained} abstentions and {scope.Truncated} truncated.");
        }

        return FindLabelFault(imprint.Model.ProblemType, scope)
            ?? scope.Values.Select((counts, index) => FindValueFault(imprint, name, index, counts))
                .FirstOrDefault(static fault => fault is not null);
    }

    private static string? FindLabelFault(ProblemType problemType, ScopeCounts scope)
    {
        var name = scope.Scope.Name();
        var labels = scope.Values.Sum(static counts => counts.Texts);
        var labelled = scope.Texts - scope.Abstained;
        if (problemType == ProblemType.SingleLabel)
        {
            var scored = scope.Values.Sum(static counts => counts.Scores.Sum());
            return labels != labelled
                    ? Invariant($"Scope '{name}': the values' texts and the abstentions add up to {labels + scope.Abstained}, not to {scope.Texts}.")
                : scored != scope.Texts ? Invariant($"Scope '{name}': the histograms hold {scored} scores for {scope.Texts} texts.")
                : scope.Values.Any(static counts => counts.Texts > counts.Scores.Sum())
                    ? Invariant($"Scope '{name}': a value has more texts than top scores.")
                : null;
        }

        return labels < labelled || scope.Values.Any(counts => counts.Texts > labelled)
                ? Invariant($"Scope '{name}': {labelled} texts have a value, which does not fit the values' texts.")
            : scope.Values.Any(counts => counts.Scores.Sum() != scope.Texts)
                ? Invariant($"Scope '{name}': a histogram does not hold one score for each of the {scope.Texts} texts.")
            : scope.LabelSets is { } sets ? FindLabelSetFault(scope, sets)
            : null;
    }

    private static string? FindLabelSetFault(ScopeCounts scope, IReadOnlyList<LabelSet> sets)
    {
        var isOrdered = sets.Zip(sets.Skip(1)).All(static pair => LabelSet.Order.Compare(pair.First, pair.Second) < 0);
        var isAscending = sets.All(static set => set.Values.Zip(set.Values.Skip(1)).All(static pair => pair.First < pair.Second));
        var fits = sets.Sum(static set => set.Texts) == scope.Texts
            && sets.Where(static set => set.Values.Count == 0).Sum(static set => set.Texts) == scope.Abstained
            && scope.Values.Index().All(value =>
                sets.Where(set => set.Values.Contains(value.Index)).Sum(static set => set.Texts) == value.Item.Texts);
        return isOrdered && isAscending && fits && sets.Count <= LabelSets.MaxSets
            ? null
            : $"Scope '{scope.Scope.Name()}': the label sets do not fit the values' texts.";
    }

    private static string? FindValueFault(Imprint imprint, string scope, int index, ValueCounts counts)
    {
        var stances = checked(counts.Upholds + counts.Violates + counts.Neutral);
        var expected = imprint.Model.HasStance ? counts.Texts : 0;
        return stances == expected
            ? null
            : Invariant($"Scope '{scope}', value '{imprint.Taxonomy.Values[index].Id}': the stances add up to {stances}, not to {expected}.");
    }
}

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
