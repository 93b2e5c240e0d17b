using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parquet.Schema;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>Rows of a Parquet file, of which only the columns that are wanted are read; memory is bounded by a row group.</summary>
internal sealed class ParquetRows(string name, Func<Stream> open, RowLimits limits, FieldTable table) : RowReader(table)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    private ParquetFile? _file;
    private ParquetRecords? _records;
    private IReadOnlyList<Field> _columns = [];
    private RowFault? _fault;
    private long _inGroup;
    private long _row;
    private int _groups;

    /// <summary>A Parquet file has no lines: the row's number stands in.</summary>
    public override long Line => Interlocked.Read(ref _row);

    /// <summary>Rows in the file, once its fields were looked at.</summary>
    public long Count => _file?.Rows ?? 0;

    public override async ValueTask<bool> PeekAsync(CancellationToken cancellationToken)
    {
        _file = await ParquetFile.OpenAsync(name, open(), cancellationToken).ConfigureAwait(false);
        Table.Fill(_file.Fields.Select(field => Table.GetOrAdd(field.Name)).Where(static index => index >= 0).ToList());
        _columns = [.. _file.Fields.Where(field => Table.GetOrAdd(field.Name) is >= 0 and var index && Table.IsWanted(index))];
        return Count > 0;
    }

    public override async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        while (_records is null || _inGroup == _records.Count)
        {
            _records?.Dispose();
            _records = null;
            _inGroup = 0;
            if (_groups == File.RowGroups)
            {
                return false;
            }

            _records = await File.ReadAsync(_groups++, _columns, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        WriteRow(_records);
        _inGroup++;
        Interlocked.Increment(ref _row);
        return true;
    }

    public override RowFault? Read(RowFields row)
    {
        if (_fault is not null || _bytes.WrittenCount > limits.MaxRowBytes)
        {
            return _fault ?? new(RejectionReason.RowTooLong, $"the row's texts take more than {limits.MaxRowBytes} bytes (MaxRowBytes).");
        }

        // Columns that nobody reads are there all the same.
        for (var index = 0; index < Table.Count; index++)
        {
            if (!Table.IsWanted(index))
            {
                row.Take(index, FieldValue.Unread);
            }
        }

        return JsonRow.Read(_bytes.WrittenSpan, mayBeList: false, row);
    }

    public override async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync().ConfigureAwait(false);
        _records?.Dispose();
        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ParquetFile File => _file ?? throw NotOpened();

    private void WriteRow(ParquetRecords records)
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        try
        {
            var broken = records.WriteNext(_json);
            _json.Flush();
            _fault = broken is null ? null : new(
                RejectionReason.InvalidUtf8, $"column '{broken}' holds bytes that are not UTF-8; convert the file, or drop the row.");
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentOutOfRangeException or NotSupportedException)
        {
            throw ParquetFile.Unreadable(name, $"row {_row + 1}", exception);
        }
    }

    private static InvalidOperationException NotOpened() => new("Look at the fields before reading rows.");
}
