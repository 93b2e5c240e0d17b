using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Early;

/// <summary>
/// A random order of rows that nobody has to hold: each row's place is a 64-bit number, and the order is that of the places. Seeded by the
/// files' own hashes: the same dataset is always read in the same order, and who writes its rows can't arrange them for it.
/// </summary>
internal readonly struct RowOrder
{
    private readonly ulong _seed;

    private RowOrder(ulong seed) => _seed = seed;

    /// <summary>The order of some files' rows.</summary>
    public static RowOrder Of(IEnumerable<DatasetFileInfo> files)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(files.Select(static file => file.Sha256))));
        return new RowOrder(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>
    /// The row's place: splitmix64 (G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014),
    /// whose steps can all be undone, so that no two rows have the same place.
    /// </summary>
    /// <param name="row">The row's number among all rows of all files.</param>
    public ulong PlaceOf(long row)
    {
        var mixed = _seed + ((ulong)row + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}

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
