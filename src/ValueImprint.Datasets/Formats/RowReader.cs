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
