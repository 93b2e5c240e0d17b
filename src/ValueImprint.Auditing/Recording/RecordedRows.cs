using System.Text;
using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Recording;

/// <summary>The results of an audit's texts, read back from JSON lines or Parquet, with the imprint that was counted of them.</summary>
public sealed class RecordedRows
{
    private readonly string _path;
    private readonly RecordedVerdict _verdict;

    private RecordedRows(string path, Imprint imprint)
    {
        (_path, Imprint) = (path, imprint);
        _verdict = new RecordedVerdict(imprint);
    }

    /// <summary>What the audit counted.</summary>
    public Imprint Imprint { get; }

    /// <summary>Opens a file that <c>--rows</c> wrote.</summary>
    /// <exception cref="AuditException">It is not one, or not complete.</exception>
    /// <exception cref="DatasetException">It is not the Parquet that its name says.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static RecordedRows Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var imprint = new MemoryStream(ParquetTable.IsNamed(path) ? FromFooter(path) : FromLastLine(path));
        return ImprintReader.TryRead(imprint, path, out var counts, out var diagnostics) ? new RecordedRows(path, counts) : throw new AuditException(diagnostics[0]);
    }

    /// <summary>The classified rows in their order, each with the verdicts of all its texts. Memory does not grow with the file.</summary>
    /// <exception cref="AuditException">A line is not a result of the imprint's model.</exception>
    public IEnumerable<IReadOnlyList<TextVerdict>> ReadRows()
    {
        var row = new List<TextVerdict>();
        var (place, number) = (default((string?, long)), 0L);
        foreach (var json in ReadObjects())
        {
            number++;
            using var document = Parse(json);
            if (document is null || !_verdict.TryRead(document.RootElement, out var text, out var next))
            {
                throw Broken(_path, FormattableString.Invariant($"result {number} is not one of an audit by {Imprint.Model.Name} {Imprint.Model.Version}"));
            }

            if (row.Count > 0 && next != place)
            {
                yield return row;
                row = [];
            }

            place = next;
            if (text is { } verdict)
            {
                row.Add(verdict);
            }
        }

        if (row.Count > 0)
        {
            yield return row;
        }
    }

    private IEnumerable<string> ReadObjects()
    {
        if (!ParquetTable.IsNamed(_path))
        {
            // The last line, with the imprint, is told by what it begins with.
            return File.ReadLines(_path, Encoding.UTF8).Where(static line => !line.StartsWith(RowResultWriter.ImprintLineStart, StringComparison.Ordinal));
        }

        return ReadTable(_path);

        static IEnumerable<string> ReadTable(string path)
        {
            using var table = ParquetTable.Open(path);
            while (table.MoveNext())
            {
                yield return Encoding.UTF8.GetString(table.Current);
            }
        }
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] FromFooter(string path)
    {
        using var table = ParquetTable.Open(path);
        return table.Metadata(RowResultTable.ImprintKey) is { } imprint
            ? Encoding.UTF8.GetBytes(imprint)
            : throw Broken(path, "its footer holds no imprint");
    }

    private static byte[] FromLastLine(string path)
    {
        const string cut = "its last line holds no imprint; it may have been cut off";
        var line = LastLine.Of(path, ImprintFormat.MaxBytes) ?? throw Broken(path, cut);
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(RowResultWriter.ImprintMember, out var imprint)
                ? JsonSerializer.SerializeToUtf8Bytes(imprint)
                : throw Broken(path, cut);
        }
        catch (JsonException)
        {
            throw Broken(path, cut);
        }
    }

    private static AuditException Broken(string path, string what) => new(Diagnostic.Error(
        DiagnosticCatalogue.UnreadableInput, new SourcePosition(path), $"Not the results of an audit: {what}. Expected a file of `valueimprint audit --rows`."));
}

/// <summary>Reads a file's end without reading the file.</summary>
internal static class LastLine
{
    private const int BlockBytes = 1 << 16;

    /// <summary>The last line, without its line feed; null where it is longer than allowed or the file has no complete line.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static byte[]? Of(string path, long mostBytes)
    {
        using var file = File.OpenHandle(path);
        var end = RandomAccess.GetLength(file) - 1;
        var block = new byte[BlockBytes];
        if (end < 0 || RandomAccess.Read(file, block.AsSpan(0, 1), end) != 1 || block[0] != (byte)'\n')
        {
            return null;
        }

        // Backwards, block by block, to the line feed before it or the file's start.
        var start = end;
        while (start > 0 && end - start <= mostBytes)
        {
            var from = Math.Max(0, start - block.Length);
            var read = RandomAccess.Read(file, block.AsSpan(0, (int)(start - from)), from);
            var feed = block.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (feed >= 0)
            {
                start = from + feed + 1;
                break;
            }

            start = from;
        }

        if (end - start > mostBytes)
        {
            return null;
        }

        var line = new byte[end - start];
        RandomAccess.Read(file, line, start);
        return line;
    }
}
