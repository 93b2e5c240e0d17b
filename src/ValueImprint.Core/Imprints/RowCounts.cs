namespace ValueImprint.Core.Imprints;

/// <summary>What became of the rows of a dataset: read = classified + rejected + duplicates + near-duplicates.</summary>
public sealed record RowCounts
{
    /// <summary>Most places of rejected rows that an imprint keeps: the first ones by file and line.</summary>
    public const int MaxRejectedPlaces = 20;

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

    /// <summary>The first places of rejected rows, at most <see cref="MaxRejectedPlaces"/>.</summary>
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
        RejectedPlaces = [.. left.RejectedPlaces.Concat(right.RejectedPlaces).Order(RejectedPlace.Order).Take(MaxRejectedPlaces)],
    };
}

/// <summary>A dataset file that an imprint was made from.</summary>
/// <param name="Name">File name without folders.</param>
/// <param name="Bytes">Size on disk, in bytes.</param>
/// <param name="Sha256">SHA-256 of the file as it lies on disk, lower-case hex.</param>
/// <param name="Rows">Rows read from it.</param>
public sealed record DatasetFile(string Name, long Bytes, string Sha256, long Rows = 0)
{
    /// <summary>The layouts that rows were read by; more than one where records differ, none in imprints of older versions.</summary>
    public IReadOnlyList<DatasetReading> Readings { get; init; } = [];

    /// <summary>The names of fields that were not read, in ordinal order.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(DatasetFile? other) => other is not null && (Name, Bytes, Sha256, Rows) == (other.Name, other.Bytes, other.Sha256, other.Rows)
        && Readings.SequenceEqual(other.Readings) && Unread.SequenceEqual(other.Unread);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Bytes, Sha256, Rows);

    /// <summary>By name, hash and size; ordinal, so that the order is the same everywhere.</summary>
    internal static Comparer<DatasetFile> Order { get; } = Comparer<DatasetFile>.Create(static (left, right) =>
    {
        var order = string.CompareOrdinal(left.Name, right.Name);
        order = order != 0 ? order : string.CompareOrdinal(left.Sha256, right.Sha256);
        return order != 0 ? order : left.Bytes.CompareTo(right.Bytes);
    });

    /// <summary>Whether both are the same file, whatever was read from it.</summary>
    public bool IsSameFile(DatasetFile other) => Order.Compare(this, other) == 0;
}

/// <summary>Where a rejected row stands; never what it says.</summary>
/// <param name="File">File name without folders.</param>
/// <param name="Line">Line or row number, from 1.</param>
/// <param name="Reason">Why, as a short code such as <c>missing-field</c>.</param>
public sealed record RejectedPlace(string File, long Line, string Reason)
{
    /// <summary>By file, line and reason.</summary>
    internal static Comparer<RejectedPlace> Order { get; } = Comparer<RejectedPlace>.Create(static (left, right) =>
    {
        var order = string.CompareOrdinal(left.File, right.File);
        order = order != 0 ? order : left.Line.CompareTo(right.Line);
        return order != 0 ? order : string.CompareOrdinal(left.Reason, right.Reason);
    });
}

/// <summary>Counts rejected rows by reason and keeps the first places by file and line, in whatever order they come.</summary>
internal sealed class RejectionTally
{
    private const string Other = "other";

    private readonly SortedDictionary<string, long> _byReason = new(StringComparer.Ordinal);
    private readonly List<RejectedPlace> _places = [];

    public long Rows { get; private set; }

    public void Add(RejectedPlace place)
    {
        // Reasons are codes that the program chooses; the bound keeps a fault from growing the imprint.
        if (_byReason.Count >= ImprintBuilder.MaxReasons && !_byReason.ContainsKey(place.Reason))
        {
            place = place with { Reason = Other };
        }

        Rows++;
        _byReason[place.Reason] = _byReason.GetValueOrDefault(place.Reason) + 1;
        if (_places.Count == RowCounts.MaxRejectedPlaces && RejectedPlace.Order.Compare(place, _places[^1]) >= 0)
        {
            return;
        }

        var index = _places.BinarySearch(place, RejectedPlace.Order);
        _places.Insert(index < 0 ? ~index : index, place);
        if (_places.Count > RowCounts.MaxRejectedPlaces)
        {
            _places.RemoveAt(_places.Count - 1);
        }
    }

    public IReadOnlyList<KeyValuePair<string, long>> ByReason() => [.. _byReason];

    public IReadOnlyList<RejectedPlace> Places() => [.. _places];
}

/// <summary>How rows of a file became texts.</summary>
/// <param name="Layout">The layout's name, such as <c>dpo</c>.</param>
/// <param name="Fields">The part that a field plays and the field's name, in the layout's order: <c>prompt</c>, <c>query</c>.</param>
public sealed record DatasetReading(string Layout, IReadOnlyList<(string Part, string Field)> Fields)
{
    /// <inheritdoc/>
    public bool Equals(DatasetReading? other) => other is not null && Layout == other.Layout && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Layout, Fields.Count);

    /// <summary>Layout and fields in one line: <c>dpo (prompt=query, chosen, rejected)</c>.</summary>
    public override string ToString() =>
        $"{Layout} ({string.Join(", ", Fields.Select(static field => field.Part == field.Field ? field.Part : $"{field.Part}={field.Field}"))})";
}
