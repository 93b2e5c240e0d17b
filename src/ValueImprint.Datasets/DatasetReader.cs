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
    private readonly FieldBinding? _binding;
    private readonly TextScope? _scope;
    private bool _started;

    private DatasetReader(DatasetSource source, OpenedDataset opened, LayoutDetection? layout, FieldBinding? binding, TextScope? scope)
    {
        _source = source;
        _opened = opened;
        _binding = binding;
        _scope = scope;
        Layout = layout;
    }

    /// <summary>How the rows are laid down.</summary>
    public DatasetFormat Format => _opened.Format;

    /// <summary>How the file is compressed.</summary>
    public DatasetCompression Compression => _opened.Compression;

    /// <summary>By which layout the rows are read, or null where there are none.</summary>
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
            var names = await opened.Rows.PeekFieldsAsync(cancellationToken).ConfigureAwait(false);
            if (names is null)
            {
                return new DatasetReader(source, opened, null, null, null);
            }

            var (detection, binding) = LayoutDetector.Detect(source.Name, names, options.Layout);
            if (options.Scope is not null && detection.Layout.SingleScope is null)
            {
                throw new DatasetException(
                    DatasetProblem.InvalidOption,
                    $"{source.Name}: a scope can't be given to the layout '{detection.Layout.Name}', whose records have two texts.");
            }

            opened.Rows.Bind(binding);
            return new DatasetReader(source, opened, detection, binding, options.Scope);
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
        var values = new FieldValue[_binding?.Paths.Count ?? 0];
        var (row, rejected) = (0L, 0L);
        while (await _opened.Rows.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            row++;
            var item = Read(row, values);
            rejected += item is RejectedRow ? 1 : 0;
            yield return item;
        }

        var (bytes, sha256) = await _opened.FinishAsync(cancellationToken).ConfigureAwait(false);
        File = new DatasetFileInfo(_source.Name, bytes, sha256, Format, Compression, Layout?.Layout.Name, row, rejected);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    private DatasetItem Read(long row, FieldValue[] values)
    {
        var binding = _binding ?? throw new InvalidOperationException("There is a row where there was none.");
        Array.Clear(values);
        var rows = _opened.Rows;
        var texts = Array.Empty<ScopedText>();
        var fault = rows.Read(values) ?? binding.Layout.Compose(new RowFields(values, binding), out texts);
        if (fault is not null)
        {
            return new RejectedRow(_source.Name, rows.Line, row, fault);
        }

        if (_scope is { } scope)
        {
            texts[0] = texts[0] with { Scope = scope };
        }

        var label = binding.Layout.LabelIndex is { } index ? values[index].AsIdentifier : null;
        return new DatasetRecord(_source.Name, rows.Line, row, values[binding.IdIndex].AsIdentifier, label, texts);
    }
}
