namespace ValueImprint.Core.Imprints;

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
        if (_byReason.Count >= ImprintBuilder.MostReasons && !_byReason.ContainsKey(place.Reason))
        {
            place = place with { Reason = Other };
        }

        Rows++;
        _byReason[place.Reason] = _byReason.GetValueOrDefault(place.Reason) + 1;
        if (_places.Count == RowCounts.MostRejectedPlaces && RejectedPlace.Order.Compare(place, _places[^1]) >= 0)
        {
            return;
        }

        var index = _places.BinarySearch(place, RejectedPlace.Order);
        _places.Insert(index < 0 ? ~index : index, place);
        if (_places.Count > RowCounts.MostRejectedPlaces)
        {
            _places.RemoveAt(_places.Count - 1);
        }
    }

    public IReadOnlyList<KeyValuePair<string, long>> ByReason() => [.. _byReason];

    public IReadOnlyList<RejectedPlace> Places() => [.. _places];
}
