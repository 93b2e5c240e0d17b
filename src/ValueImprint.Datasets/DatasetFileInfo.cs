using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets;

/// <summary>A file that was read to its end: what an imprint says of it.</summary>
/// <param name="Name">The path as it was given, or <c>-</c> for standard input.</param>
/// <param name="Bytes">The file's size as it lies on disk, compressed or not, in bytes.</param>
/// <param name="Sha256">SHA-256 of those bytes, 64 lower-case hexadecimal digits, equal to what <c>sha256sum</c> prints.</param>
/// <param name="Format">How its rows are laid down.</param>
/// <param name="Compression">How it is compressed.</param>
/// <param name="Layout">The name of the layout that its rows were read by, or null where it has no rows.</param>
/// <param name="Rows">Rows read, rejected ones included.</param>
/// <param name="RejectedRows">Rows rejected.</param>
public sealed record DatasetFileInfo(
    string Name,
    long Bytes,
    string Sha256,
    DatasetFormat Format,
    DatasetCompression Compression,
    string? Layout,
    long Rows,
    long RejectedRows)
{
    /// <summary>Each layout that rows were read by, in ordinal order, with the fields that played its parts; more than one where records differ.</summary>
    public IReadOnlyList<DatasetReading> Readings { get; init; } = [];

    /// <summary>The names of the fields that no layout read, in ordinal order; at most <see cref="MaxUnread"/>.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>So many unread fields are named.</summary>
    public const int MaxUnread = 100;

    /// <inheritdoc/>
    public bool Equals(DatasetFileInfo? other) => other is not null
        && (Name, Bytes, Sha256, Format, Compression, Layout, Rows, RejectedRows)
            == (other.Name, other.Bytes, other.Sha256, other.Format, other.Compression, other.Layout, other.Rows, other.RejectedRows)
        && Readings.SequenceEqual(other.Readings) && Unread.SequenceEqual(other.Unread);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Bytes, Sha256, Rows);
}
