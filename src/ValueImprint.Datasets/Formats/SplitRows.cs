using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>Rows that a <see cref="RowSplitter"/> cuts out of a stream: each is one span of bytes.</summary>
internal abstract class SplitRows(string file, ByteWindow window, RowSplitter splitter, RowLimits limits, FieldTable table) : RowReader(table)
{
    private RowSlice _row;
    private int _pending;

    public override long Line => _row.Line;

    /// <summary>The current row's bytes, until the next step.</summary>
    protected ReadOnlySpan<byte> Row => window.Unread.Slice(_row.Start, _row.Length);

    public override async ValueTask<bool> PeekAsync(CancellationToken cancellationToken)
    {
        var sample = new RowFields(Table);
        var lookahead = splitter.Clone();
        var (offset, seen, readable) = (0, 0, 0);
        RowSlice firstBad = default;
        RowFault? firstFault = null;
        while (readable < limits.SampledRows && seen < limits.MaxSeenRows)
        {
            var result = lookahead.Next(window.Unread[offset..], window.Ended, out var row);
            if (result == SplitResult.Row)
            {
                seen++;
                var fault = row.Fault ?? Sample(window.Unread.Slice(offset + row.Start, row.Length), sample);
                (firstBad, firstFault) = firstFault is null ? (row, fault) : (firstBad, firstFault);
                readable += fault is null ? 1 : 0;
            }
            else if (result == SplitResult.End || window.IsFull)
            {
                break;
            }

            offset += row.Consumed;
            if (result == SplitResult.NeedMore)
            {
                await window.FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (readable > 0)
        {
            return true;
        }

        return seen == 0 && !window.IsFull ? false : throw NothingReadable(seen, firstBad.Line, firstFault);
    }

    public override ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken) =>
        TryNext(out var found) ? new(found) : FillAndMoveNextAsync(cancellationToken);

    public override RowFault? Read(RowFields row)
    {
        if (_row.Fault is { } fault)
        {
            return fault;
        }

        return _row.Length > limits.MaxRowBytes
            ? new(RejectionReason.RowTooLong, $"the row has {_row.Length} bytes; at most {limits.MaxRowBytes} are allowed (MaxRowBytes).")
            : Utf8Rows.Check(Row) ?? ReadRow(Row, row);
    }

    public override ValueTask DisposeAsync() => window.DisposeAsync();

    /// <summary>Takes the names of a row's fields, and which of them hold something.</summary>
    protected virtual RowFault? Sample(ReadOnlySpan<byte> bytes, RowFields row)
    {
        row.Clear();
        var fault = Utf8Rows.Check(bytes) ?? ReadRow(bytes, row);
        if (fault is null)
        {
            Table.Fill(Enumerable.Range(0, Table.Count).Where(index => row[index].HoldsSomething));
        }

        return fault;
    }

    /// <summary>Reads a row whose bytes are valid UTF-8.</summary>
    protected abstract RowFault? ReadRow(ReadOnlySpan<byte> bytes, RowFields row);

    private async ValueTask<bool> FillAndMoveNextAsync(CancellationToken cancellationToken)
    {
        bool found;
        do
        {
            if (window.IsFull)
            {
                splitter.SkipLongRow(limits.MaxRowBytes);
            }
            else
            {
                await window.FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        while (!TryNext(out found));

        return found;
    }

    /// <summary>Steps as far as the bytes in memory allow; false if more are needed.</summary>
    private bool TryNext(out bool found)
    {
        window.Consume(_pending);
        _pending = 0;
        var result = splitter.Next(window.Unread, window.Ended, out _row);
        if (result == SplitResult.Row)
        {
            _pending = _row.Consumed;
        }
        else
        {
            window.Consume(_row.Consumed);
        }

        found = result == SplitResult.Row;
        return result != SplitResult.NeedMore;
    }

    private DatasetException NothingReadable(int seen, long line, RowFault? fault) => new(
        DatasetProblem.UnknownLayout,
        fault is null
            ? $"{file}: no row ends within {limits.MaxRowBytes} bytes (MaxRowBytes); is the format right?"
            : $"{file}({line}): none of the first {seen} rows can be read; the first fault is {fault.Reason.Code()}: {fault.Message}");
}

/// <summary>Checks that a row is UTF-8: replacing bad bytes would change the text that is judged without a word.</summary>
internal static class Utf8Rows
{
    public static RowFault? Check(ReadOnlySpan<byte> row)
    {
        if (Utf8.IsValid(row))
        {
            return null;
        }

        var offset = 0;
        while (Rune.DecodeFromUtf8(row[offset..], out _, out var length) == OperationStatus.Done)
        {
            offset += length;
        }

        return new RowFault(
            RejectionReason.InvalidUtf8,
            $"byte {offset + 1} of the row is 0x{row[offset]:X2}, which is not UTF-8; convert the file, or drop the row.");
    }
}
