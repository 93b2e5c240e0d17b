using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Imprints;

/// <summary>
/// The result of an audit: integer counts and where they come from. Immutable, and consistent by construction: every row and every
/// text is accounted for. Imprints of shards add up to the imprint of the whole, in any order and grouping.
/// </summary>
public sealed class Imprint
{
    private readonly ScopeCounts[] _scopes;

    /// <summary>Checks and holds the parts.</summary>
    /// <exception cref="ArgumentException">The counts do not add up.</exception>
    internal Imprint(
        ImprintModel model,
        TaxonomyIdentity taxonomy,
        ImprintRun run,
        IReadOnlyList<DatasetFile> files,
        RowCounts rows,
        IReadOnlyList<ScopeCounts> scopes,
        PairCounts pairs)
    {
        (Model, Taxonomy, Run, Files, Rows, Pairs) = (model, taxonomy, run, files, rows, pairs);
        _scopes = [.. TextScopes.All.Select(scope =>
            scopes.FirstOrDefault(counts => counts.Scope == scope) ?? ScopeCounts.Empty(scope, taxonomy.Values.Count))];
        if (ImprintAccounting.FindFault(this) is { } fault)
        {
            throw new ArgumentException(fault);
        }
    }

    /// <summary>The model that classified the texts.</summary>
    public ImprintModel Model { get; }

    /// <summary>The values that were looked for.</summary>
    public TaxonomyIdentity Taxonomy { get; }

    /// <summary>When and with what it was made: the only part that may differ between two runs.</summary>
    public ImprintRun Run { get; }

    /// <summary>The files, ascending by name and hash.</summary>
    public IReadOnlyList<DatasetFile> Files { get; }

    /// <summary>What became of the rows.</summary>
    public RowCounts Rows { get; }

    /// <summary>What was counted of preference pairs.</summary>
    public PairCounts Pairs { get; }

    /// <summary>The scopes that have texts, in the order of <see cref="TextScopes.All"/>.</summary>
    public IEnumerable<ScopeCounts> Scopes => _scopes.Where(static counts => counts.Texts > 0);

    /// <summary>All classified texts.</summary>
    public long Texts => _scopes.Sum(static counts => counts.Texts);

    /// <summary>The counts of a scope, all zero where the dataset has none of its texts.</summary>
    public ScopeCounts this[TextScope scope] => _scopes[(int)scope];

    /// <summary>The neutral element of <see cref="TryMerge"/>: no rows, no files, no run.</summary>
    public static Imprint Empty(ImprintModel model, TaxonomyIdentity taxonomy) =>
        new(model, taxonomy, ImprintRun.None, [], RowCounts.None, [], PairCounts.Empty(model.ProblemType, taxonomy.Values.Count));

    /// <summary>
    /// Adds two imprints up. Associative and commutative, with <see cref="Empty"/> as identity. Rows of a file that both name are
    /// added: the sides are taken to be different parts of it, unless their shards say that they overlap.
    /// </summary>
    /// <param name="left">One imprint.</param>
    /// <param name="right">Another one.</param>
    /// <param name="merged">The sum.</param>
    /// <param name="problem">Why they can't be added, as a sentence.</param>
    public static bool TryMerge(
        Imprint left, Imprint right, [NotNullWhen(true)] out Imprint? merged, [NotNullWhen(false)] out string? problem)
    {
        problem = left.IncompatibilityWith(right) ?? left.OverlapWith(right);
        merged = problem is null ? left.MergeCompatible(right) : null;
        return merged is not null;
    }

    /// <summary>Why the counts of two imprints measure different things, as a sentence; <see langword="null"/> where they don't.</summary>
    public string? IncompatibilityWith(Imprint other)
    {
        if (!Taxonomy.Equals(other.Taxonomy))
        {
            return $"The imprints use different taxonomies: {Taxonomy} and {other.Taxonomy}"
                + (Taxonomy.ToString() == other.Taxonomy.ToString() ? " with different content." : ".");
        }

        return Model.DifferenceTo(other.Model) is { } difference
            ? $"The imprints come from different models: {difference}. Audit both datasets with the same model and options."
            : null;
    }

    /// <summary>
    /// Why the texts of two imprints were made of their rows in different ways, as a sentence; <see langword="null"/> where they were not, or
    /// where an imprint does not say.
    /// </summary>
    public string? OtherReadingThan(Imprint other)
    {
        var (mine, others) = (Readings(this), Readings(other));
        return mine.Count == 0 || others.Count == 0 || mine.SetEquals(others)
            ? null
            : $"The rows were read in different ways: {string.Join("; ", mine)}, and {string.Join("; ", others)}. "
                + "Audit both datasets with the same --layout and --field.";

        // A field's own name changes nothing, but which field tells the better answer does.
        static SortedSet<string> Readings(Imprint imprint) => new(
            imprint.Files.SelectMany(static file => file.Readings).Select(static reading => new DatasetReading(
                reading.Layout,
                [.. reading.Fields.Where(static field => field.Part is not ("id" or "beside" or "system"))
                    .Select(static field => field.Part is "winner" or "label" ? field : (field.Part, field.Part))]).ToString()),
            StringComparer.Ordinal);
    }

    /// <summary>The same result with another run.</summary>
    public Imprint WithRun(ImprintRun run) => new(Model, Taxonomy, run, Files, Rows, _scopes, Pairs);

    // Only shards are known to be parts of the same whole; files of the same name and content may be listed on purpose.
    private string? OverlapWith(Imprint other)
    {
        var (left, right) = (Run.Shards, other.Run.Shards);
        if (left.Count + right.Count == 0 || Files.FirstOrDefault(file => other.Files.Any(file.IsSameFile)) is not { } shared)
        {
            return null;
        }

        var isDisjoint = left.Count > 0 && right.Count > 0
            && left.Concat(right).All(shard => shard.Count == left[0].Count) && !left.Intersect(right).Any();
        return isDisjoint
            ? null
            : $"Rows of '{shared.Name}' would be counted twice: one side has {Describe(left)}, the other {Describe(right)}. "
                + "Add up each shard once, and the shards of one dataset before those of another.";

        static string Describe(IReadOnlyList<Shard> shards) =>
            shards.Count == 0 ? "all its rows" : $"{(shards.Count == 1 ? "shard" : "shards")} {string.Join(", ", shards)}";
    }

    private Imprint MergeCompatible(Imprint other) => new(
        Model,
        Taxonomy,
        ImprintRun.Merge(Run, other.Run),
        MergeFiles(Files.Concat(other.Files)),
        RowCounts.Merge(Rows, other.Rows),
        [.. _scopes.Zip(other._scopes, ScopeCounts.Merge)],
        PairCounts.Merge(Pairs, other.Pairs));

    internal static IReadOnlyList<DatasetFile> MergeFiles(IEnumerable<DatasetFile> files)
    {
        var merged = new List<DatasetFile>();
        foreach (var file in files.Order(DatasetFile.Order))
        {
            if (merged.Count > 0 && merged[^1].IsSameFile(file))
            {
                merged[^1] = file with
                {
                    Rows = checked(merged[^1].Rows + file.Rows),
                    Readings = [.. merged[^1].Readings.Union(file.Readings).OrderBy(static reading => reading.ToString(), StringComparer.Ordinal)],
                    Unread = [.. merged[^1].Unread.Union(file.Unread).Order(StringComparer.Ordinal)],
                };
            }
            else
            {
                merged.Add(file);
            }
        }

        return merged;
    }
}
