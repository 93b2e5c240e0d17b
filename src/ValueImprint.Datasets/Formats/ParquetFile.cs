using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace ValueImprint.Datasets.Formats;

/// <summary>A Parquet file of which chosen columns are read, a row group at a time. Its faults never hold a piece of its texts.</summary>
internal sealed class ParquetFile : IAsyncDisposable
{
    /// <summary>The most that a row group's wanted columns may take, decompressed: 2 GiB. Writers aim at 128 MiB to 1 GiB for all columns.</summary>
    private const long MaxRowGroupBytes = 1L << 31;

    /// <summary>The most values of a column in a row group, which a run-length encoding states in a few bytes.</summary>
    private const long MaxRowGroupValues = 1L << 27;

    private readonly string _name;
    private readonly ParquetReader _reader;

    private ParquetFile(string name, ParquetReader reader)
    {
        _name = name;
        _reader = reader;

        // Texts are taken as bytes: the library would replace those that are not UTF-8 without a word. Half-precision numbers are
        // unknown to it, and must not stand in the way where nobody reads them.
        foreach (var element in reader.Metadata?.Schema ?? [])
        {
            if (element.Type == Parquet.Meta.Type.BYTE_ARRAY && element.LogicalType?.DECIMAL is null && element.ConvertedType != ConvertedType.DECIMAL || element.LogicalType?.FLOAT16 is not null)
            {
                (element.LogicalType, element.ConvertedType) = (null, null);
            }
        }

        Fields = reader.Schema.Fields;
    }

    /// <summary>The top-level columns.</summary>
    public IReadOnlyList<Field> Fields { get; }

    public int RowGroups => _reader.RowGroupCount;

    /// <summary>The number of rows that the footer states.</summary>
    public long Rows => _reader.Metadata?.NumRows ?? 0;

    /// <summary>What the footer says under a key; null: nothing.</summary>
    public string? Metadata(string key) => _reader.CustomMetadata.GetValueOrDefault(key);

    /// <param name="name">What messages call it.</param>
    /// <param name="stream">The file, which is disposed of with the reader.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetException">It is not Parquet, or its footer is damaged.</exception>
    public static async ValueTask<ParquetFile> OpenAsync(string name, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return new ParquetFile(name, await ParquetReader.CreateAsync(stream, leaveStreamOpen: false, cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException)
            {
                throw;
            }

            throw Unreadable(name, "its footer", exception);
        }
    }

    /// <summary>Reads the columns of a row group; all others are not even decompressed.</summary>
    /// <exception cref="DatasetException">They are damaged, or larger than the limits.</exception>
    public async ValueTask<ParquetRecords> ReadAsync(int rowGroup, IReadOnlyList<Field> fields, CancellationToken cancellationToken)
    {
        var place = $"row group {rowGroup + 1}";
        var records = new ParquetRecords();
        try
        {
            using var reader = _reader.OpenRowGroupReader(rowGroup);
            records.Count = reader.RowCount;
            var bytes = 0L;
            foreach (var field in fields)
            {
                foreach (var leaf in ParquetLeaf.Of(field))
                {
                    place = $"column '{Printable(leaf.Name)}' of row group {rowGroup + 1}";
                    var chunk = reader.GetMetadata(leaf.Column)?.MetaData ?? throw new InvalidDataException("The column has no data.");
                    bytes += Math.Max(0, chunk.TotalUncompressedSize);
                    if (bytes > MaxRowGroupBytes || chunk.NumValues > MaxRowGroupValues)
                    {
                        throw new DatasetException(
                            DatasetProblem.LimitReached,
                            $"{_name}: {place} goes beyond {MaxRowGroupBytes} bytes or {MaxRowGroupValues} values, which would be in memory at once; write the file with smaller row groups.");
                    }

                    leaf.Values = await reader.ReadRawColumnDataBaseAsync(leaf.Column, cancellationToken).ConfigureAwait(false);
                    records.Add(leaf);
                }

                records.Add(field);
            }

            return records;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DatasetException))
        {
            records.Dispose();
            throw Unreadable(_name, place, exception);
        }
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    /// <summary>The library's own message may quote the file's content.</summary>
    public static DatasetException Unreadable(string name, string place, Exception exception) => new(
        exception is NotSupportedException or NotImplementedException ? DatasetProblem.Unsupported : DatasetProblem.Corrupt,
        exception is NotSupportedException or NotImplementedException
            ? $"{name}: {place} uses a part of Parquet that can't be read here; write the file anew with another encoding or type."
            : $"{name}: {place} can't be read as Parquet; the file is cut short or damaged ({exception.GetType().Name}). Fetch it again.",
        exception);

    private static string Printable(string name) => name.Length <= 80 && !name.Any(char.IsControl) ? name : "(unprintable)";
}
