namespace ValueImprint.Core.Imprints;

/// <summary>What became of the rows of a dataset: read = classified + rejected + duplicates + near-duplicates.</summary>
public sealed record RowCounts
{
    /// <summary>Most places of rejected rows that an imprint keeps: the first ones by file and line.</summary>
    public const int MostRejectedPlaces = 20;

    /// <summary>No rows.</summary>
    public static RowCounts None { get; } = new();

    /// <summary>Rows all of whose texts were classified.</summary>
    public long Classified { get; init; }

    /// <summary>Rows left out as duplicates of earlier ones, where that was asked for.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows left out since they resemble earlier ones, where that was asked for.</summary>
    public long NearDuplicates { get; init; }

    /// <summary>Rows rejected for each reason, ascending by reason.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> RejectedByReason { get; init; } = [];

    /// <summary>The first places of rejected rows, at most <see cref="MostRejectedPlaces"/>.</summary>
    public IReadOnlyList<RejectedPlace> RejectedPlaces { get; init; } = [];

    /// <summary>Rows rejected for any reason.</summary>
    public long Rejected => RejectedByReason.Sum(static reason => reason.Value);

    /// <summary>All rows.</summary>
    public long Read => checked(Classified + Duplicates + NearDuplicates + Rejected);

    // Keeping the smallest places of both sides is associative: what one merge drops could not have been among the smallest of all.
    internal static RowCounts Merge(RowCounts left, RowCounts right) => new()
    {
        Classified = checked(left.Classified + right.Classified),
        Duplicates = checked(left.Duplicates + right.Duplicates),
        NearDuplicates = checked(left.NearDuplicates + right.NearDuplicates),
        RejectedByReason =
        [
            .. left.RejectedByReason.Concat(right.RejectedByReason)
                .GroupBy(static reason => reason.Key, static reason => reason.Value, StringComparer.Ordinal)
                .OrderBy(static reason => reason.Key, StringComparer.Ordinal)
                .Select(static reason => KeyValuePair.Create(reason.Key, reason.Sum())),
        ],
        RejectedPlaces = [.. left.RejectedPlaces.Concat(right.RejectedPlaces).Order(RejectedPlace.Order).Take(MostRejectedPlaces)],
    };
}
