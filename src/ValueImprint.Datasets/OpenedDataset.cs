using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets.Compression;
using ValueImprint.Datasets.Formats;
using ValueImprint.Datasets.Layouts;
using ValueImprint.Datasets.Sources;

namespace ValueImprint.Datasets;

/// <summary>A dataset's streams, from the disk to its rows.</summary>
internal sealed class OpenedDataset : IAsyncDisposable
{
    /// <summary>Room for a row's separators behind the longest row.</summary>
    private const int SeparatorBytes = 64;

    private const int MagicBytes = 4;

    private readonly HashingStream _raw;
    private readonly ParquetRows? _parquet;

    private OpenedDataset(HashingStream raw, RowReader rows, DatasetFormat format, DatasetCompression compression, long? length)
    {
        _raw = raw;
        Rows = rows;
        Format = format;
        Compression = compression;
        Length = length;
        _parquet = rows as ParquetRows;
    }

    private static ReadOnlySpan<byte> ParquetMagic => "PAR1"u8;

    public RowReader Rows { get; }

    public DatasetFormat Format { get; }

    public DatasetCompression Compression { get; }

    public long? Length { get; }

    /// <summary>A Parquet file is read a column at a time: there the share of rows stands in until the file is hashed.</summary>
    public long BytesRead => _parquet is { Count: > 0 } parquet && _raw.Bytes <= MagicBytes
        ? (long)(Length.GetValueOrDefault() * ((double)parquet.Line / parquet.Count))
        : _raw.Bytes;

    public static async ValueTask<OpenedDataset> OpenAsync(
        DatasetSource source, DatasetReaderOptions options, CancellationToken cancellationToken)
    {
        var file = source.Open();
        var raw = new HashingStream(file);
        try
        {
            var table = new FieldTable(name => KnownLayouts.IsWanted(name, options.Layout?.Mapping));
            var limits = file.CanSeek ? RowLimits.ForFile(options.MaxRowBytes) : RowLimits.ForPipe(options.MaxRowBytes);
            var peeked = new PeekedStream(raw);
            var head = await peeked.PeekAsync(MagicBytes, cancellationToken).ConfigureAwait(false);
            if (head.Span.StartsWith(ParquetMagic) || options.Format == DatasetFormat.Parquet)
            {
                return OpenParquet(source, raw, file.CanSeek ? file.Length : 0, limits, table);
            }

            var (plain, compression) = DatasetStream.Decompress(peeked, head.Span);
            var window = new ByteWindow(new DatasetStream(source.Name, plain), options.MaxRowBytes + SeparatorBytes);
            var format = await TellFormatAsync(source.Name, window, options.Format, cancellationToken).ConfigureAwait(false);
            var rows = CreateRows(source.Name, window, format, limits, table);
            return new OpenedDataset(raw, rows, format, compression, file.CanSeek ? file.Length : null);
        }
        catch
        {
            await raw.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<(long Bytes, string Sha256)> FinishAsync(CancellationToken cancellationToken)
    {
        var sha256 = await _raw.FinishAsync(cancellationToken).ConfigureAwait(false);
        return (_raw.Bytes, sha256);
    }

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync().ConfigureAwait(false);
        await _raw.DisposeAsync().ConfigureAwait(false);
    }

    private static OpenedDataset OpenParquet(DatasetSource source, HashingStream raw, long length, RowLimits limits, FieldTable table) => source.LocalPath is not null
        ? new OpenedDataset(raw, new ParquetRows(source.Name, source.Open, limits, table), DatasetFormat.Parquet, DatasetCompression.None, length)
        : throw new DatasetException(
            DatasetProblem.Unsupported,
            $"{source.Name}: Parquet can't be read from a stream, because its directory stands at its end; name a file.");

    private static async ValueTask<DatasetFormat> TellFormatAsync(
        string name, ByteWindow window, DatasetFormat? forced, CancellationToken cancellationToken)
    {
        // Who names the format of a pipe gets each row as soon as it is there.
        var named = FileExtensions.FormatOf(name);
        var isTold = (forced ?? named) is DatasetFormat.JsonLines or DatasetFormat.TextLines or DatasetFormat.Tsv;
        var needed = isTold ? FormatSniffer.ByteOrderMark.Length : FormatSniffer.HeadBytes;
        while (window.Unread.Length < needed && !window.IsFull)
        {
            if (!await window.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                break;
            }
        }

        if (window.Unread is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new DatasetException(DatasetProblem.Unsupported, $"{name}: is UTF-16; expected UTF-8. Convert it with: iconv -f UTF-16 -t UTF-8.");
        }

        if (window.Unread.StartsWith(FormatSniffer.ByteOrderMark))
        {
            window.Consume(FormatSniffer.ByteOrderMark.Length);
        }

        return forced ?? FormatSniffer.Tell(window.Unread, named) ?? throw new DatasetException(
            DatasetProblem.UnknownFormat,
            $"{name}: neither the name nor the content tell a format; known extensions are {FileExtensions.Listed}. Name it so, or give one JSON object a line.");
    }

    private static RowReader CreateRows(string name, ByteWindow window, DatasetFormat format, RowLimits limits, FieldTable table) => format switch
    {
        DatasetFormat.JsonLines => new JsonRows(name, window, new LineSplitter(), limits, table),
        DatasetFormat.Json => new JsonRows(name, window, new JsonDocumentSplitter(name), limits, table),
        DatasetFormat.TextLines => new TextLineRows(name, window, limits, table),
        DatasetFormat.Csv or DatasetFormat.Tsv => CsvRows.Create(name, window, format, limits, table),
        _ => throw new DatasetException(
            DatasetProblem.Unsupported,
            $"{name}: is named Parquet, and is not or is compressed as a whole; decompress it, or name it by its format."),
    };
}
