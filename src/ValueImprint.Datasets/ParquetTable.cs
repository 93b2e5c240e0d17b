using System.Text.Encodings.Web;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using ValueImprint.Datasets.Formats;

namespace ValueImprint.Datasets;

/// <summary>A column of a Parquet file that is written.</summary>
/// <param name="Name">Its name, and that of the JSON member that it is taken from.</param>
/// <param name="Type">The type of its values: string, bool, int, long, float, <c>string[]</c>, or <c>Dictionary&lt;string, float&gt;</c>.</param>
public readonly record struct ParquetColumn(string Name, Type Type);

/// <summary>Rows of JSON in a Parquet file: written from JSON lines, read back as JSON objects. Memory is bounded by a row group.</summary>
public sealed class ParquetTable : IDisposable
{
    /// <summary>Rows of a group, which are held in memory while they are written.</summary>
    private const int RowGroupRows = 20_480;

    private readonly ParquetFile _file;
    private readonly MemoryStream _row = new();
    private readonly Utf8JsonWriter _json;
    private readonly string _path;
    private ParquetRecords? _records;
    private long _inGroup;
    private int _groups;

    private ParquetTable(string path, ParquetFile file)
    {
        (_path, _file) = (path, file);
        _json = new Utf8JsonWriter(_row, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>Whether a file's name says that it is Parquet.</summary>
    public static bool IsNamed(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a file to read it back.</summary>
    /// <exception cref="DatasetException">The file can't be opened, or is not Parquet.</exception>
    public static ParquetTable Open(string path) => new(path, Wait(ParquetFile.OpenAsync(path, Sources.SourceFile.Open(path), CancellationToken.None)));

    /// <summary>Writes a file, compressed by Zstandard.</summary>
    /// <param name="jsonLines">The rows, an object a line.</param>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="columns">The members to take; one that a row lacks is null.</param>
    /// <param name="metadata">Goes into the footer, by key.</param>
    /// <exception cref="DatasetException">A member does not fit its column.</exception>
    /// <exception cref="IOException">Nothing can be written.</exception>
    public static void Write(string jsonLines, string path, IReadOnlyList<ParquetColumn> columns, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(metadata);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        Wait(WriteAsync(jsonLines, path, stream, [.. columns.Select(static column => new ParquetColumnWriter(column))], metadata));
    }

    /// <summary>What the footer says under a key; null: nothing.</summary>
    public string? Metadata(string key) => _file.Metadata(key);

    /// <summary>The current row as a JSON object in UTF-8, until the next step.</summary>
    public ReadOnlySpan<byte> Current => _row.Length > 0
        ? _row.GetBuffer().AsSpan(0, (int)_row.Length)
        : throw new InvalidOperationException("There is no row yet.");

    /// <summary>Goes to the next row, if there is one.</summary>
    /// <exception cref="DatasetException">The file is damaged.</exception>
    public bool MoveNext()
    {
        while (_records is null || _inGroup == _records.Count)
        {
            _records?.Dispose();
            _records = null;
            _inGroup = 0;
            if (_groups == _file.RowGroups)
            {
                return false;
            }

            _records = Wait(_file.ReadAsync(_groups++, _file.Fields, CancellationToken.None));
        }

        _row.SetLength(0);
        _json.Reset();
        try
        {
            _records.WriteNext(_json);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentOutOfRangeException or NotSupportedException)
        {
            throw ParquetFile.Unreadable(_path, $"row group {_groups}", exception);
        }

        _json.Flush();
        _inGroup++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _records?.Dispose();
        Wait(DisposeFileAsync());
    }

    private static async ValueTask<bool> WriteAsync(
        string jsonLines, string path, Stream stream, ParquetColumnWriter[] columns, IReadOnlyDictionary<string, string> metadata)
    {
        var schema = new ParquetSchema([.. columns.Select(static column => column.Field)]);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, options).ConfigureAwait(false);
        writer.CustomMetadata = metadata.ToDictionary();
        var (rows, line) = (0, 0L);
        using var lines = new StreamReader(jsonLines);
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } json)
        {
            line++;
            using var document = JsonDocument.Parse(json);
            foreach (var column in columns)
            {
                if (!column.TryAdd(document.RootElement))
                {
                    throw new DatasetException(DatasetProblem.InvalidOption, $"{path}: member '{column.Field.Name}' of result {line} is not of its column's type.");
                }
            }

            if (++rows == RowGroupRows)
            {
                await WriteGroupAsync(writer, columns).ConfigureAwait(false);
                rows = 0;
            }
        }

        if (rows > 0)
        {
            await WriteGroupAsync(writer, columns).ConfigureAwait(false);
        }

        return true;
    }

    private static async ValueTask WriteGroupAsync(ParquetWriter writer, ParquetColumnWriter[] columns)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.WriteAsync(group).ConfigureAwait(false);
        }

        group.CompleteValidate();
    }

    private async ValueTask<bool> DisposeFileAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>Results are read and written one after the other by callers that are synchronous; no context is waited on.</summary>
    private static T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
