using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Reports;

/// <summary>An imprint as rows to be shown, whatever shows them.</summary>
public sealed class ImprintTable
{
    private ImprintTable(ConfidenceLevel level, bool hasStance, IReadOnlyList<ImprintTableRow> rows) =>
        (Level, HasStance, Rows) = (level, hasStance, rows);

    /// <summary>Confidence of the intervals.</summary>
    public ConfidenceLevel Level { get; }

    /// <summary>Whether the stances are known.</summary>
    public bool HasStance { get; }

    /// <summary>
    /// For every scope with texts: its values in the taxonomy's order, then, where the model abstained at all, the abstentions.
    /// </summary>
    public IReadOnlyList<ImprintTableRow> Rows { get; }

    /// <summary>Makes the rows.</summary>
    public static ImprintTable Of(Imprint imprint, ConfidenceLevel level = default) =>
        new(level, imprint.Model.HasStance, [.. imprint.Scopes.SelectMany(scope => RowsOf(imprint, scope, level))]);

    private static IEnumerable<ImprintTableRow> RowsOf(Imprint imprint, ScopeCounts scope, ConfidenceLevel level)
    {
        foreach (var (index, counts) in scope.Values.Index())
        {
            var share = new Share(counts.Texts, scope.Texts);
            yield return new ImprintTableRow
            {
                Scope = scope.Scope,
                Value = imprint.Taxonomy.Values[index],
                Share = share,
                Interval = WilsonInterval.Of(share, level),
                Upholds = counts.Upholds,
                Violates = counts.Violates,
                Neutral = counts.Neutral,
            };
        }

        if (scope.Abstained > 0)
        {
            var share = new Share(scope.Abstained, scope.Texts);
            yield return new ImprintTableRow { Scope = scope.Scope, Share = share, Interval = WilsonInterval.Of(share, level) };
        }
    }
}

/// <summary>One value within one scope.</summary>
public sealed record ImprintTableRow
{
    /// <summary>The scope.</summary>
    public required TextScope Scope { get; init; }

    /// <summary>The value; <see langword="null"/>: the texts on which the model abstained.</summary>
    public ValueName? Value { get; init; }

    /// <summary>Texts with the value, of all texts of the scope.</summary>
    public required Share Share { get; init; }

    /// <summary>The share's Wilson interval.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Texts that act in line with the value.</summary>
    public long Upholds { get; init; }

    /// <summary>Texts that go against it.</summary>
    public long Violates { get; init; }

    /// <summary>Texts that do neither.</summary>
    public long Neutral { get; init; }

    /// <summary>The value's display name, or <c>(abstained)</c>.</summary>
    public string Name => Value?.Name ?? "(abstained)";
}
