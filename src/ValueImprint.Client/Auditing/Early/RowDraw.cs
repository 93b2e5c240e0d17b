namespace ValueImprint.Client.Auditing.Early;

/// <summary>
/// The next rows of a random order, as many as there is room for: rows are offered in the files' order, and those with the least places
/// behind the ones drawn before are kept.
/// </summary>
/// <param name="after">The last place drawn before; null: none.</param>
/// <param name="mostRows">Room in rows.</param>
/// <param name="mostBytes">Room in bytes.</param>
internal sealed class RowDraw(ulong? after, long mostRows, long mostBytes)
{
    // What a row takes beside its texts' characters, about.
    private const int BytesOfARow = 256;

    // The greatest place comes out first.
    private readonly PriorityQueue<AuditRow, ulong> _rows = new(Comparer<ulong>.Create(static (one, other) => other.CompareTo(one)));
    private long _bytes;
    private ulong? _full;

    /// <summary>Every row behind the ones drawn before found room: after these there are none.</summary>
    public bool IsLast => _full is null;

    /// <summary>Takes a row if it is among the next ones.</summary>
    public void Offer(AuditRow row, ulong place)
    {
        // From the first place that had to give way on, all are for the next draw: a gap would not be a random order.
        if (place <= after || place >= _full)
        {
            return;
        }

        _rows.Enqueue(row, place);
        _bytes += BytesOf(row);
        while ((_rows.Count > mostRows || _bytes > mostBytes) && _rows.Count > 1 && _rows.TryDequeue(out var last, out var end))
        {
            _bytes -= BytesOf(last);
            _full = end;
        }
    }

    /// <summary>The rows in the random order; nothing can be offered any more.</summary>
    /// <param name="last">The place of the last one; unchanged where there is none.</param>
    public IReadOnlyList<AuditRow> Take(ref ulong? last)
    {
        var rows = new AuditRow[_rows.Count];
        for (var index = rows.Length - 1; _rows.TryDequeue(out var row, out var place); index--)
        {
            last = index == rows.Length - 1 ? place : last;
            rows[index] = row;
        }

        return rows;
    }

    private static long BytesOf(AuditRow row) => BytesOfARow + row.Texts.Sum(static text => (long)text.Text.Length * sizeof(char));
}
