using System.Runtime.CompilerServices;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets;

/// <summary>
/// Reads one dataset from its start to its end, a row at a time: memory does not grow with the file. Not thread-safe, but
/// for <see cref="BytesRead"/>.
/// </summary>
/// <example>
/// <code>
/// foreach (var source in DatasetSource.Expand(["data/**/*.jsonl.gz"]))
/// {
///     await using var reader = await DatasetReader.OpenAsync(source);
///     await foreach (var item in reader.ReadAsync())
///     {
///         // a DatasetRecord or a RejectedRow
///     }
/// }
/// </code>
/// </example>
public sealed class DatasetReader : IAsyncDisposable
{
    private readonly DatasetSource _source;
    private readonly OpenedDataset _opened;
    private readonly RowReadings? _readings;
    private readonly DatasetReaderOptions _options;
    private bool _started;

    private DatasetReader(DatasetSource source, OpenedDataset opened, LayoutDetection? layout, RowReadings? readings, DatasetReaderOptions options)
    {
        _source = source;
        _opened = opened;
        _readings = readings;
        _options = options;
        Layout = layout;
    }

    /// <summary>How the rows are laid down.</summary>
    public DatasetFormat Format => _opened.Format;

    /// <summary>How the file is compressed.</summary>
    public DatasetCompression Compression => _opened.Compression;

    /// <summary>By which layout the rows are read, or null where there are none; a row whose fields are another layout's is read by that.</summary>
    public LayoutDetection? Layout { get; }

    /// <summary>Bytes of the file read so far, compressed or not; may be asked for from another thread.</summary>
    public long BytesRead => _opened.BytesRead;

    /// <summary>The file's size in bytes, or null where it is not known before its end (standard input).</summary>
    public long? Length => _opened.Length;

    /// <summary>What an imprint says of the file, once it was read to its end; null before.</summary>
    public DatasetFileInfo? File { get; private set; }

    /// <summary>Opens a dataset and finds out format, compression and layout from its name and its first rows.</summary>
    /// <exception cref="DatasetException">The file as a whole can't be read.</exception>
    public static async ValueTask<DatasetReader> OpenAsync(
        DatasetSource source,
        DatasetReaderOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= DatasetReaderOptions.Default;
        options.Validate();

        var opened = await OpenedDataset.OpenAsync(source, options, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await opened.Rows.PeekAsync(cancellationToken).ConfigureAwait(false))
            {
                return new DatasetReader(source, opened, null, null, options);
            }

            var (detection, reading) = LayoutDetector.Detect(source.Name, opened.Rows.Table, options.Layout);
            if (options.Scope is not null && detection.Layout.SingleScope is null)
            {
                throw new DatasetException(
                    DatasetProblem.InvalidOption,
                    $"{source.Name}: a scope can't be given to the layout '{detection.Layout.Name}', whose records have two texts.");
            }

            opened.Rows.MayBeList = reading.Bound.Any(static bound => char.IsAsciiDigit(bound.Path[0]));
            return new DatasetReader(source, opened, detection, new RowReadings(reading, opened.Rows.Table, options.Layout), options);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The rows in the file's order, each as a <see cref="DatasetRecord"/> or a <see cref="RejectedRow"/>. Can be called once.</summary>
    /// <exception cref="DatasetException">What follows can't be read: the file is cut short or damaged.</exception>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public async IAsyncEnumerable<DatasetItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_started)
        {
            throw new InvalidOperationException($"{_source.Name} was read before; open it again.");
        }

        _started = true;
        var fields = new RowFields(_opened.Rows.Table);
        var grouped = new SamePrompt(_options.Pairs);
        var (row, rejected) = (0L, 0L);
        var items = new List<DatasetItem>();
        for (var more = true; more;)
        {
            more = await _opened.Rows.MoveNextAsync(cancellationToken).ConfigureAwait(false);
            items.Clear();
            Read(more, fields, grouped, ref row, items);
            foreach (var item in items)
            {
                rejected += item is RejectedRow ? 1 : 0;
                yield return item;
            }
        }

        var (bytes, sha256) = await _opened.FinishAsync(cancellationToken).ConfigureAwait(false);
        File = new DatasetFileInfo(_source.Name, bytes, sha256, Format, Compression, Layout?.Layout.Name, row, rejected)
        {
            Readings = _readings?.Used ?? [],
            Unread = _readings?.Unread ?? [],
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    /// <summary>Makes items of the row at hand: one for each comparison or text in it, or a rejected row.</summary>
    private void Read(bool isRow, RowFields fields, SamePrompt grouped, ref long row, List<DatasetItem> items)
    {
        var readings = _readings;
        if (!isRow || readings is null)
        {
            Flush(grouped, ref row, items);
            return;
        }

        fields.Clear();
        var rows = _opened.Rows;
        var groups = new List<ScopedText[]>(1);
        var reading = readings.Main;
        var fault = rows.Read(fields) ?? readings.Choose(fields, out reading);
        if (fault is null && reading.Layout.IsGrouped)
        {
            if (!grouped.TryAdd(reading, fields, rows.Line, out fault))
            {
                Flush(grouped, ref row, items);
                grouped.TryAdd(reading, fields, rows.Line, out fault);
            }

            if (fault is null)
            {
                return;
            }
        }

        Flush(grouped, ref row, items);
        fault ??= reading.Layout.Compose(reading, fields, _options.Pairs, groups);
        if (fault is not null)
        {
            items.Add(new RejectedRow(_source.Name, rows.Line, ++row, fault));
            return;
        }

        var id = reading[fields, Part.Id].AsIdentifier;
        var label = reading[fields, Part.Label].AsIdentifier;
        foreach (var texts in groups)
        {
            if (_options.Scope is { } scope && texts.Length == 1)
            {
                texts[0] = texts[0] with { Scope = scope };
            }

            items.Add(new DatasetRecord(_source.Name, rows.Line, ++row, id, label, texts));
        }
    }

    private void Flush(SamePrompt grouped, ref long row, List<DatasetItem> items)
    {
        foreach (var (line, id, texts) in grouped.Take())
        {
            items.Add(new DatasetRecord(_source.Name, line, ++row, id, null, texts));
        }
    }
}
