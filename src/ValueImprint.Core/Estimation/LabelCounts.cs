using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Estimation;

/// <summary>The labels given within a scope, or within all of them, and the kinds of texts that gave them.</summary>
/// <param name="Texts">All texts.</param>
/// <param name="Labels"><c>[values + 1]</c>: texts with each value; the last one: texts with none.</param>
/// <param name="Kinds">Texts by the set of values that they have; each text is of one kind.</param>
internal sealed record LabelCounts(long Texts, long[] Labels, IReadOnlyList<LabelKind> Kinds)
{
    public static LabelCounts Of(Imprint imprint, TextScope? scope)
    {
        ScopeCounts[] scopes = [.. imprint.Scopes.Where(counts => scope is null || counts.Scope == scope)];
        var values = imprint.Taxonomy.Values.Count;
        var labels = new long[values + 1];
        for (var value = 0; value < values; value++)
        {
            labels[value] = scopes.Sum(counts => counts.Values[value].Texts);
        }

        labels[values] = scopes.Sum(static counts => counts.Abstained);
        return new LabelCounts(scopes.Sum(static counts => counts.Texts), labels, KindsOf(imprint, scopes, labels));
    }

    private static List<LabelKind> KindsOf(Imprint imprint, ScopeCounts[] scopes, long[] labels)
    {
        // Without the sets, labels are resampled as if each were a text of its own: the intervals are then slightly too narrow or wide.
        if (imprint.Model.ProblemType == ProblemType.SingleLabel || scopes.Any(static counts => counts.LabelSets is null))
        {
            return [.. labels.Select(static (count, index) => new LabelKind([index], count))];
        }

        int[] none = [labels.Length - 1];
        return
        [
            .. scopes.SelectMany(static counts => counts.LabelSets ?? [])
                .Select(set => new LabelKind(set.Values.Count == 0 ? none : [.. set.Values], set.Texts)),
        ];
    }
}
