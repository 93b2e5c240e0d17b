using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets.Formats.Parquet;

namespace ValueImprint.Datasets;

/// <summary>Rows of JSON in a Parquet file, by DuckDB: written from JSON lines, read back as JSON objects. Memory does not grow with the file.</summary>
public sealed class ParquetTable : IDisposable
{
    /// <summary>Rows of a group, which are held in memory while they are written.</summary>
    private const int RowGroupRows = 20_480;

    /// <summary>Longest line, in bytes: 64 MiB.</summary>
    private const int MostLineBytes = 64 * 1024 * 1024;

    private readonly ParquetFile _file;
    private DuckDbQuery? _rows;

    private ParquetTable(ParquetFile file) => _file = file;

    /// <summary>Whether a file's name says that it is Parquet.</summary>
    public static bool IsNamed(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether DuckDB's library is there.</summary>
    public static bool IsAvailable => DuckDbLibrary.IsThere;

    /// <summary>Makes sure that Parquet can be written and read here.</summary>
    /// <exception cref="DatasetException">DuckDB's library is not there.</exception>
    public static void Require(string path) => DuckDbLibrary.Require(path);

    /// <summary>Opens a file to read it back.</summary>
    /// <exception cref="DatasetException">DuckDB's library is not there, or the file is not Parquet.</exception>
    public static ParquetTable Open(string path) => new(new ParquetFile(path, path));

    /// <summary>Writes a file, compressed by Zstandard.</summary>
    /// <param name="jsonLines">The rows, an object a line.</param>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="columns">The members to take; one that a row lacks is null.</param>
    /// <param name="metadata">Goes into the footer, by key.</param>
    /// <exception cref="DatasetException">DuckDB's library is not there, a member does not fit its column, or nothing can be written.</exception>
    public static void Write(string jsonLines, string path, IReadOnlyList<ParquetColumn> columns, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(metadata);
        var fields = string.Join(", ", columns.Select(static column => $"{DuckDbSession.Quoted(column.Name)}: {DuckDbSession.Literal(column.Type)}"));
        var footer = string.Join(", ", metadata.Select(static pair => $"{DuckDbSession.Quoted(pair.Key)}: {DuckDbSession.Literal(pair.Value)}"));
        using var session = new DuckDbSession(path);
        using var copy = session.Query(
            $"COPY (SELECT * FROM read_json({DuckDbSession.PathLiteral(jsonLines)}, format = 'newline_delimited', compression = 'uncompressed', "
            + FormattableString.Invariant($"maximum_object_size = {MostLineBytes}, columns = {{{fields}}})) ")
            + $"TO {DuckDbSession.Literal(Path.GetFullPath(path))} "
            + FormattableString.Invariant($"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {RowGroupRows}{(footer.Length > 0 ? $", KV_METADATA {{{footer}}}" : "")})"),
            "write it");
        while (copy.MoveNext())
        {
            // The rows are written while the result is fetched.
        }
    }

    /// <summary>What the footer says under a key; null: nothing.</summary>
    /// <exception cref="DatasetException">The file is not Parquet.</exception>
    public string? Metadata(string key) => _file.Metadata(key);

    /// <summary>The current row as a JSON object in UTF-8, until the next step.</summary>
    public ReadOnlySpan<byte> Current => (_rows ?? throw new InvalidOperationException("There is no row yet.")).Current;

    /// <summary>Goes to the next row, if there is one.</summary>
    /// <exception cref="DatasetException">The file is damaged.</exception>
    public bool MoveNext() => (_rows ??= _file.Rows()).MoveNext();

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows?.Dispose();
        _file.Dispose();
    }
}
