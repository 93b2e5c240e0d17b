using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports;

/// <summary>Which part of the rows an imprint speaks for, where it was made of shards.</summary>
internal static class ShardCoverage
{
    private const int MostNamed = 12;

    /// <summary>Such as <c>of shards 2/8 and 3/8 alone</c>; <see langword="null"/> for an imprint of all rows that was made in one piece.</summary>
    public static string? InWords(IReadOnlyList<Shard> shards)
    {
        if (shards.Count == 0)
        {
            return null;
        }

        var count = shards[0].Count;
        return shards.Count == count && shards.All(shard => shard.Count == count) ? FormattableString.Invariant($"all, in {count} shards")
            : shards.Count > MostNamed ? FormattableString.Invariant($"of {shards.Count} shards alone: {shards[0]} to {shards[^1]}")
            : shards.Count == 1 ? $"of shard {shards[0]} alone"
            : $"of shards {string.Join(", ", shards.SkipLast(1))} and {shards[^1]} alone";
    }
}
