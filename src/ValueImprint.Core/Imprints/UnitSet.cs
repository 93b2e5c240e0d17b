using System.Security.Cryptography;
using System.Text;

namespace ValueImprint.Core.Imprints;

/// <summary>
/// Files with a way of dividing them into units, each of which is audited as one, and the units that an imprint counts. Files that are
/// audited in one piece are one unit. A unit's number with the <see cref="Id"/> of its set is the same wherever it is audited.
/// </summary>
public sealed record UnitSet
{
    /// <summary>Most units of a set.</summary>
    public const int MaxUnits = 100_000;

    /// <summary>SHA-256 over the files' names and contents, how they are divided, and the options that decide what is counted; lower-case hex.</summary>
    public required string Id { get; init; }

    /// <summary>How many units there are, 1 to <see cref="MaxUnits"/>.</summary>
    public required int Count { get; init; }

    /// <summary>SHA-256 over each file's name and content hash, lower-case hex, ascending.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The units that are counted, by number from 1, ascending, each with the SHA-256 over its counts, lower-case hex.</summary>
    public required IReadOnlyDictionary<int, string> Counted { get; init; }

    /// <summary>A set of which one unit is counted.</summary>
    internal static UnitSet Of(IReadOnlyList<DatasetFile> files, string options, Shard part, string counts)
    {
        string[] keys = [.. files.Select(KeyOf).Order(StringComparer.Ordinal)];
        return new UnitSet
        {
            Id = Hash(string.Join('\n', [part.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), options, .. keys])),
            Count = part.Count,
            Files = keys,
            Counted = new SortedDictionary<int, string> { [part.Index] = counts },
        };
    }

    internal static string KeyOf(DatasetFile file) => Hash($"{file.Sha256} {file.Name}");

    /// <summary>All sets of both sides, each with the units of both, ascending by id.</summary>
    internal static IReadOnlyList<UnitSet> Union(IReadOnlyList<UnitSet> left, IReadOnlyList<UnitSet> right) =>
    [
        .. left.Concat(right).GroupBy(static set => set.Id, StringComparer.Ordinal).OrderBy(static sets => sets.Key, StringComparer.Ordinal).Select(static sets =>
            sets.First() with { Counted = new SortedDictionary<int, string>(sets.SelectMany(static set => set.Counted).DistinctBy(static unit => unit.Key).ToDictionary()) }),
    ];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
