namespace ValueImprint.Core.Imprints;

/// <summary>What may differ between two imprints of the same dataset and model.</summary>
/// <param name="Created">When the audit ended; <see langword="null"/> in an imprint of nothing.</param>
/// <param name="Duration">How long it took; the sum over merged imprints. Whole milliseconds are kept.</param>
/// <param name="Tool">What made it, such as <c>valueimprint 1.0.0</c>.</param>
public sealed record ImprintRun(DateTimeOffset? Created, TimeSpan Duration, string? Tool)
{
    /// <summary>No run at all.</summary>
    public static ImprintRun None { get; } = new(null, TimeSpan.Zero, null);

    /// <summary>
    /// Of which shards of its files the imprint was made, ascending; empty: of all rows. Kept when shards are added up, so that none is
    /// added twice.
    /// </summary>
    public IReadOnlyList<Shard> Shards { get; init; } = [];

    /// <summary>The later time, the sum of the durations, the greater tool by ordinal comparison, all shards: a lawful merge.</summary>
    internal static ImprintRun Merge(ImprintRun left, ImprintRun right) => new(
        Nullable.Compare(left.Created, right.Created) >= 0 ? left.Created : right.Created,
        left.Duration + right.Duration,
        string.CompareOrdinal(left.Tool, right.Tool) >= 0 ? left.Tool : right.Tool)
    {
        Shards = left.Shards.Count + right.Shards.Count == 0 ? [] : [.. left.Shards.Union(right.Shards).Order(Shard.Order)],
    };
}
