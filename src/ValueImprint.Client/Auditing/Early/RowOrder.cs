using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ValueImprint.Datasets;

namespace ValueImprint.Client.Auditing.Early;

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
