namespace ValueImprint.Datasets.Formats;

/// <summary>
/// Finds rows in a stream of bytes. It keeps its state between calls, so that no byte is scanned twice, and holds no bytes.
/// </summary>
internal abstract class RowSplitter
{
    /// <summary>Finds the next row.</summary>
    /// <param name="unread">
    /// All bytes that were read and not consumed; after <see cref="SplitResult.NeedMore"/> the same again and more.
    /// </param>
    /// <param name="ended">Whether no more will come.</param>
    /// <param name="row">The row; its <see cref="RowSlice.Consumed"/> also counts where more is needed.</param>
    public abstract SplitResult Next(ReadOnlySpan<byte> unread, bool ended, out RowSlice row);

    /// <summary>Gives up on the row at hand, because it is longer than <paramref name="maxBytes"/>.</summary>
    public abstract void SkipLongRow(int maxBytes);

    /// <summary>A copy with the same state, to look ahead with.</summary>
    public RowSplitter Clone() => (RowSplitter)MemberwiseClone();

    protected static RowFault TooLong(int maxBytes) =>
        new(RejectionReason.RowTooLong, $"the row is longer than {maxBytes} bytes (MaxRowBytes).");
}

/// <summary>Where a row lies in the bytes that a <see cref="RowSplitter"/> was shown.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Bytes, without the separator.</param>
/// <param name="Consumed">Bytes that are done with once the row is: up to and with its separator.</param>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="Fault">Why the row can't be read at all, or null.</param>
internal readonly record struct RowSlice(int Start, int Length, int Consumed, long Line, RowFault? Fault = null);

/// <summary>What a <see cref="RowSplitter"/> found.</summary>
internal enum SplitResult
{
    /// <summary>A row.</summary>
    Row,

    /// <summary>No end of a row yet: show more, less what was consumed.</summary>
    NeedMore,

    /// <summary>No further row.</summary>
    End,
}
