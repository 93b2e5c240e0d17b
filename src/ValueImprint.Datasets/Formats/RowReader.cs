using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>Reads the rows of one format: first the names of the fields, then row for row the values that a layout may want.</summary>
internal abstract class RowReader(FieldTable table) : IAsyncDisposable
{
    /// <summary>The fields that have turned up.</summary>
    public FieldTable Table { get; } = table;

    /// <summary>Whether a row may be a list, whose items are then fields named by number.</summary>
    public bool MayBeList { get; set; } = true;

    /// <summary>The line on which the current row starts, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>Looks at the first rows without consuming them, and takes the names of their fields.</summary>
    /// <returns>False where there is no row at all.</returns>
    public abstract ValueTask<bool> PeekAsync(CancellationToken cancellationToken);

    /// <summary>Steps to the next row.</summary>
    public abstract ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken);

    /// <summary>Reads the current row's values.</summary>
    /// <param name="row">Empty when called.</param>
    /// <returns>Why the row can't be read, or null.</returns>
    public abstract RowFault? Read(RowFields row);

    public abstract ValueTask DisposeAsync();
}

/// <summary>How much of a file its reader takes at once.</summary>
/// <param name="MaxRowBytes">The longest row, in bytes.</param>
/// <param name="SampledRows">
/// The fields of so many readable rows are looked at. Always the same number, so that the result does not depend on how a
/// stream's bytes arrive.
/// </param>
/// <param name="MaxSeenRows">So many rows may be looked at to find them.</param>
internal readonly record struct RowLimits(int MaxRowBytes, int SampledRows, int MaxSeenRows)
{
    private const int Rows = 16;

    /// <summary>Enough rows to see a field that not all have.</summary>
    public static RowLimits ForFile(int maxRowBytes) => new(maxRowBytes, Rows, Rows);

    /// <summary>A pipe's second row may wait for what becomes of the first.</summary>
    public static RowLimits ForPipe(int maxRowBytes) => new(maxRowBytes, 1, Rows);

    /// <summary>A table's first row is its header, or it has none.</summary>
    public RowLimits ForHeader() => this with { SampledRows = 1, MaxSeenRows = 1 };
}
