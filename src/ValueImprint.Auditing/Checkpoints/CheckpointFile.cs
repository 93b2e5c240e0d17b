using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Auditing.Checkpoints;

/// <summary>A checkpoint on disk: JSON with the imprint of the rows so far inside.</summary>
internal static class CheckpointFile
{
    private const int Version = 1;

    // An imprint's own limit, and room for the files' hashes.
    private const long MostBytes = 2L * ImprintFormat.MaxBytes;

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">A file that is there.</param>
    /// <param name="checkpoint">The state.</param>
    /// <param name="problem">Why it can't be read, as a clause.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static bool TryRead(string path, [NotNullWhen(true)] out AuditCheckpoint? checkpoint, out string problem)
    {
        (checkpoint, problem) = (null, "it is not the JSON of a checkpoint");
        if (new FileInfo(path).Length > MostBytes)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.GetProperty("checkpoint").GetInt32() != Version)
            {
                problem = "another version of ValueImprint wrote it";
                return false;
            }

            checkpoint = Read(root);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Replaces the file. It is on the disk before it has its name, so that a crash leaves the old state or the new.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, AuditCheckpoint checkpoint)
    {
        var unfinished = path + ".new";
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            using (var json = new Utf8JsonWriter(stream))
            {
                Write(json, checkpoint);
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static AuditCheckpoint Read(JsonElement root)
    {
        using var imprint = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(root.GetProperty("imprint")));
        return new AuditCheckpoint
        {
            Files =
            [
                .. root.GetProperty("files").EnumerateArray().Select(static file =>
                    new DatasetFile(Text(file, "name"), file.GetProperty("bytes").GetInt64(), Text(file, "sha256"))),
            ],
            Options = root.GetProperty("options").EnumerateObject().ToDictionary(static option => option.Name, static option => option.Value.GetString() ?? ""),
            Done = root.GetProperty("rows_done").GetInt64(),
            Texts = root.GetProperty("texts").GetInt64(),
            FirstRejected = root.TryGetProperty("first_rejected", out var rejected) ? rejected.GetString() : null,
            Results = root.TryGetProperty("results", out var results) ? new ResultsMark(results.GetProperty("bytes").GetInt64(), Text(results, "sha256")) : null,
            Imprint = ImprintReader.TryRead(imprint, "", out var counts, out var diagnostics) ? counts : throw new FormatException(diagnostics[0].Message),
        };
    }

    private static void Write(Utf8JsonWriter json, AuditCheckpoint checkpoint)
    {
        json.WriteStartObject();
        json.WriteNumber("checkpoint", Version);
        json.WriteStartArray("files");
        foreach (var file in checkpoint.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("options");
        foreach (var (name, content) in checkpoint.Options)
        {
            json.WriteString(name, content);
        }

        json.WriteEndObject();
        json.WriteNumber("rows_done", checkpoint.Done);
        json.WriteNumber("texts", checkpoint.Texts);
        if (checkpoint.FirstRejected is { } rejected)
        {
            json.WriteString("first_rejected", rejected);
        }

        if (checkpoint.Results is { } mark)
        {
            json.WriteStartObject("results");
            json.WriteNumber("bytes", mark.Bytes);
            json.WriteString("sha256", mark.Sha256);
            json.WriteEndObject();
        }

        json.WritePropertyName("imprint");
        json.WriteRawValue(ImprintWriter.ToBytes(checkpoint.Imprint));
        json.WriteEndObject();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException(name);
}
