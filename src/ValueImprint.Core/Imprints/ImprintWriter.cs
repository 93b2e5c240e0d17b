using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Imprints;

/// <summary>
/// Writes imprint files: UTF-8 JSON, members and elements in a fixed order, line feeds, so that equal imprints are equal byte for
/// byte. Everything that may differ between two runs is in the member <c>run</c>.
/// </summary>
public static partial class ImprintWriter
{
    /// <summary>Writes an imprint; the stream is left open.</summary>
    public static void Write(Imprint imprint, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, ImprintFormat.WriterOptions))
        {
            WriteImprint(json, imprint);
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>The imprint file's bytes.</summary>
    public static byte[] ToBytes(Imprint imprint)
    {
        using var stream = new MemoryStream();
        Write(imprint, stream);
        return stream.ToArray();
    }

    /// <summary>SHA-256 over the file's bytes with an empty run, lower-case hex: equal exactly when the results are.</summary>
    public static string ContentHash(Imprint imprint) => Convert.ToHexStringLower(SHA256.HashData(ToBytes(imprint.WithRun(ImprintRun.None))));

    private static void WriteImprint(Utf8JsonWriter json, Imprint imprint)
    {
        json.WriteStartObject();
        json.WriteNumber("imprint", ImprintFormat.SchemaVersion);
        WriteRun(json, imprint.Run);
        WriteFiles(json, imprint.Files);
        WriteModel(json, imprint.Model);
        WriteTaxonomy(json, imprint.Taxonomy);
        WriteRows(json, imprint.Rows);
        json.WriteStartArray("scopes");
        foreach (var scope in imprint.Scopes)
        {
            WriteScope(json, imprint, scope);
        }

        json.WriteEndArray();
        if (imprint.Pairs.Pairs > 0)
        {
            WritePairs(json, imprint);
        }

        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, ImprintRun run)
    {
        json.WriteStartObject("run");
        if (run.Created is { } created)
        {
            var utc = created.ToUniversalTime();
            json.WriteString("created", utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        json.WriteNumber("duration_ms", (long)run.Duration.TotalMilliseconds);
        if (run.Tool is not null)
        {
            json.WriteString("tool", run.Tool);
        }

        if (run.Shards.Count > 0)
        {
            json.WriteStartArray("shards");
            foreach (var shard in run.Shards)
            {
                json.WriteStringValue(shard.ToString());
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<DatasetFile> files)
    {
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteNumber("rows", file.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModel(Utf8JsonWriter json, ImprintModel model)
    {
        json.WriteStartObject("model");
        json.WriteString("name", model.Name);
        json.WriteString("version", model.Version);
        json.WriteString("content_hash", model.ContentHash);
        json.WriteString("tokenizer_hash", model.TokenizerHash);
        json.WriteString("variant", model.Variant);
        json.WriteString("problem_type", ImprintFormat.ProblemTypes[(int)model.ProblemType]);
        json.WriteNumber("max_tokens", model.MaxTokens);
        json.WriteString("truncation", ImprintFormat.Truncations[(int)model.Truncation]);
        json.WriteNumber("head_share", model.HeadShare);
        json.WriteNumber("temperature", model.Temperature);
        json.WriteNumber("abstain_below", model.AbstainBelow);
        json.WriteBoolean("has_stance", model.HasStance);
        if (model.Confusion is { } confusion)
        {
            json.WriteStartArray("confusion");
            for (var actual = 0; actual < confusion.Values; actual++)
            {
                WriteCounts(json, confusion.Row(actual));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteTaxonomy(Utf8JsonWriter json, Taxonomy.TaxonomyIdentity taxonomy)
    {
        json.WriteStartObject("taxonomy");
        json.WriteString("id", taxonomy.Id);
        json.WriteString("version", taxonomy.Version);
        json.WriteString("content_hash", taxonomy.ContentHash);
        json.WriteStartArray("values");
        foreach (var value in taxonomy.Values)
        {
            json.WriteStartObject();
            json.WriteString("id", value.Id);
            json.WriteString("name", value.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
