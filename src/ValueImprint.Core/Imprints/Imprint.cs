using System.Diagnostics.CodeAnalysis;
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
        IReadOnlyList<UnitSet> units,
        IReadOnlyList<DatasetFile> files,
        RowCounts rows,
        IReadOnlyList<ScopeCounts> scopes,
        PairCounts pairs)
    {
        (Model, Taxonomy, Run, Units, Files, Rows, Pairs) = (model, taxonomy, run, units, files, rows, pairs);
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

    /// <summary>Of which units of its files it was counted, ascending by id. Not part of the result: the same rows may be divided otherwise.</summary>
    public IReadOnlyList<UnitSet> Units { get; }

    /// <summary>The part of its files that it counts, such as <c>213 of 256 units</c>; <see langword="null"/>: all of them.</summary>
    public string? Part => Units.All(static set => set.Counted.Count == set.Count)
        ? null
        : FormattableString.Invariant($"{Units.Sum(static set => set.Counted.Count)} of {Units.Sum(static set => set.Count)} units");

    /// <summary>The units of its files that it does not count.</summary>
    public IEnumerable<Shard> MissingUnits => Units.SelectMany(static set =>
        Enumerable.Range(1, set.Count).Where(unit => !set.Counted.ContainsKey(unit)).Select(unit => new Shard(unit, set.Count)));

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
        new(model, taxonomy, ImprintRun.None, [], [], RowCounts.None, [], PairCounts.Empty(model.ProblemType, taxonomy.Values.Count));

    /// <summary>
    /// Adds two imprints up: each unit counts once, however often it is added. Associative, commutative and idempotent, with
    /// <see cref="Empty"/> as identity. Refused where rows would count twice or a unit was counted otherwise; also where both sides hold
    /// the same unit and each has others besides, whose counts can't be told apart any more.
    /// </summary>
    /// <param name="left">One imprint.</param>
    /// <param name="right">Another one.</param>
    /// <param name="merged">The sum.</param>
    /// <param name="problem">Why they can't be added, as a sentence.</param>
    public static bool TryMerge(
        Imprint left, Imprint right, [NotNullWhen(true)] out Imprint? merged, [NotNullWhen(false)] out string? problem)
    {
        merged = null;
        problem = left.IncompatibilityWith(right) ?? left.FindContradiction(right);
        if (problem is not null)
        {
            return false;
        }

        var (leftHolds, rightHolds) = (left.Holds(right), right.Holds(left));
        merged = (leftHolds, rightHolds) switch
        {
            (true, true) => left.WithRun(ImprintRun.Later(left.Run, right.Run)),
            (true, false) => left,
            (false, true) => right,
            _ => left.Add(right, UnitSet.Union(left.Units, right.Units)),
        };
        return true;
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
    public Imprint WithRun(ImprintRun run) => new(Model, Taxonomy, run, Units, Files, Rows, _scopes, Pairs);

    /// <summary>The same counts, as those of one unit.</summary>
    internal Imprint AsUnit(Shard part, string options) => With([UnitSet.Of(Files, options, part, ImprintWriter.ContentHash(this))]);

    internal Imprint With(IReadOnlyList<UnitSet> units) => new(Model, Taxonomy, Run, units, Files, Rows, _scopes, Pairs);

    /// <summary>The sum of two parts of the same units.</summary>
    internal Imprint Add(Imprint other, IReadOnlyList<UnitSet> units) => new(
        Model,
        Taxonomy,
        ImprintRun.Merge(Run, other.Run),
        units,
        MergeFiles(Files.Concat(other.Files)),
        RowCounts.Merge(Rows, other.Rows),
        [.. _scopes.Zip(other._scopes, ScopeCounts.Merge)],
        PairCounts.Merge(Pairs, other.Pairs));

    private bool Holds(Imprint other) =>
        other.Units.All(set => UnitsOf(set.Id) is { } own && set.Counted.Keys.All(own.ContainsKey));

    private IReadOnlyDictionary<int, string>? UnitsOf(string id) => Units.FirstOrDefault(set => set.Id == id)?.Counted;

    private string? FindContradiction(Imprint other)
    {
        var isShared = false;
        foreach (var set in other.Units)
        {
            if (UnitsOf(set.Id) is not { } own)
            {
                if (Units.FirstOrDefault(mine => mine.Files.Intersect(set.Files).Any()) is { } overlapping)
                {
                    var file = Files.First(file => overlapping.Files.Contains(UnitSet.KeyOf(file)) && set.Files.Contains(UnitSet.KeyOf(file)));
                    return $"Rows of '{file.Name}' would be counted twice: it was audited twice, with other files, other options or divided otherwise. Leave out one of the two.";
                }

                continue;
            }

            isShared |= set.Counted.Keys.Any(own.ContainsKey);
            if (set.Counted.FirstOrDefault(unit => own.TryGetValue(unit.Key, out var counts) && counts != unit.Value) is { Value: not null } twice)
            {
                return $"Unit {new Shard(twice.Key, set.Count)} was counted twice with different results. Audit it again, and leave out both.";
            }
        }

        return !isShared ? null
            : !Holds(other) && !other.Holds(this)
                ? "Some units are in both imprints, and each has others besides, so that they can't be counted once. Add up imprints that share no unit."
            : Holds(other) && other.Holds(this) && ImprintWriter.ContentHash(this) != ImprintWriter.ContentHash(other)
                ? "The same units have different counts in the two imprints. Audit again."
            : null;
    }

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
