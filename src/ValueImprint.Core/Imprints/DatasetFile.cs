using ValueImprint.Core.Gate;

namespace ValueImprint.Core.Imprints;

/// <summary>A dataset file that an imprint was made from.</summary>
/// <param name="Name">File name without folders.</param>
/// <param name="Bytes">Size on disk, in bytes.</param>
/// <param name="Sha256">SHA-256 of the file as it lies on disk, lower-case hex.</param>
/// <param name="Rows">Rows read from it.</param>
public sealed record DatasetFile(string Name, long Bytes, string Sha256, long Rows = 0)
{
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
