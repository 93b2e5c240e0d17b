using System.Text;
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
public static class ImprintWriter
{
    /// <summary>Writes an imprint; the stream is left open.</summary>
    public static void Write(Imprint imprint, Stream stream) => Write(imprint, imprint.Run, imprint.Units, stream);

    private static void Write(Imprint imprint, ImprintRun run, IReadOnlyList<UnitSet> units, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, ImprintFormat.WriterOptions))
        {
            WriteImprint(json, imprint, run, units);
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

    /// <summary>SHA-256 over the file's bytes with an empty run and no units, lower-case hex: equal exactly when the results are.</summary>
    public static string ContentHash(Imprint imprint)
    {
        using var stream = new MemoryStream();
        Write(imprint, ImprintRun.None, [], stream);
        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }

    private static void WriteImprint(Utf8JsonWriter json, Imprint imprint, ImprintRun run, IReadOnlyList<UnitSet> units)
    {
        json.WriteStartObject();
        json.WriteNumber("imprint", ImprintFormat.SchemaVersion);
        WriteRun(json, run, units);
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

    private static void WriteRun(Utf8JsonWriter json, ImprintRun run, IReadOnlyList<UnitSet> units)
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

        json.WriteStartArray("units");
        foreach (var set in units)
        {
            WriteUnits(json, set);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUnits(Utf8JsonWriter json, UnitSet set)
    {
        json.WriteStartObject();
        json.WriteString("id", set.Id);
        json.WriteNumber("count", set.Count);
        json.WriteStartArray("files");
        foreach (var file in set.Files)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        json.WriteStartObject("counted");
        foreach (var (unit, counts) in set.Counted)
        {
            json.WriteString(unit.ToString(CultureInfo.InvariantCulture), counts);
        }

        json.WriteEndObject();
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
            WriteReadings(json, file);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteReadings(Utf8JsonWriter json, DatasetFile file)
    {
        if (file.Readings.Count > 0)
        {
            json.WriteStartArray("readings");
            foreach (var reading in file.Readings)
            {
                json.WriteStartObject();
                json.WriteString("layout", reading.Layout);
                json.WriteStartObject("fields");
                foreach (var (part, field) in reading.Fields)
                {
                    json.WriteString(part, field);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (file.Unread.Count > 0)
        {
            json.WriteStartArray("unread");
            foreach (var name in file.Unread)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }
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

    private static void WriteRows(Utf8JsonWriter json, RowCounts rows)
    {
        json.WriteStartObject("rows");
        json.WriteNumber("read", rows.Read);
        json.WriteNumber("classified", rows.Classified);
        json.WriteNumber("duplicates", rows.Duplicates);
        if (rows.NearDuplicates > 0)
        {
            json.WriteNumber("near_duplicates", rows.NearDuplicates);
        }

        json.WriteNumber("rejected", rows.Rejected);
        json.WriteStartObject("rejected_by_reason");
        foreach (var (reason, count) in rows.RejectedByReason)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("rejected_places");
        foreach (var place in rows.RejectedPlaces)
        {
            json.WriteStartObject();
            json.WriteString("file", place.File);
            json.WriteNumber("line", place.Line);
            json.WriteString("reason", place.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter json, Imprint imprint, ScopeCounts scope)
    {
        json.WriteStartObject();
        json.WriteString("scope", scope.Scope.Name());
        json.WriteNumber("texts", scope.Texts);
        json.WriteNumber("abstained", scope.Abstained);
        json.WriteNumber("truncated", scope.Truncated);
        json.WriteStartArray("values");
        for (var index = 0; index < scope.Values.Count; index++)
        {
            var counts = scope.Values[index];
            json.WriteStartObject();
            json.WriteString("value", imprint.Taxonomy.Values[index].Id);
            json.WriteNumber("texts", counts.Texts);
            if (imprint.Model.HasStance)
            {
                json.WriteNumber("upholds", counts.Upholds);
                json.WriteNumber("violates", counts.Violates);
                json.WriteNumber("neutral", counts.Neutral);
            }

            json.WritePropertyName("scores");
            WriteCounts(json, counts.Scores.ToArray());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (imprint.Model.ProblemType == ProblemType.MultiLabel)
        {
            WriteLabelSets(json, scope.LabelSets);
        }

        json.WriteEndObject();
    }

    private static void WriteLabelSets(Utf8JsonWriter json, IReadOnlyList<LabelSet>? sets)
    {
        json.WritePropertyName("label_sets");
        if (sets is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var set in sets)
        {
            json.WriteStartObject();
            json.WritePropertyName("values");
            WriteCounts(json, [.. set.Values.Select(static value => (long)value)]);
            if (set.Stance is { } stance)
            {
                json.WriteString("stance", ImprintFormat.Stances[(int)stance]);
            }

            json.WriteNumber("texts", set.Texts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter json, Imprint imprint)
    {
        var pairs = imprint.Pairs;
        json.WriteStartObject("pairs");
        json.WriteNumber("pairs", pairs.Pairs);
        json.WriteStartArray("values");
        for (var index = 0; index < pairs.Values.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("value", imprint.Taxonomy.Values[index].Id);
            WriteSides(json, "has", pairs.Values[index]);
            if (imprint.Model.HasStance)
            {
                WriteSides(json, "upholds", pairs.Upheld[index]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (imprint.Model.ProblemType == ProblemType.SingleLabel)
        {
            var width = pairs.Values.Count + 1;
            json.WriteStartArray("transitions");
            for (var rejected = 0; rejected < width; rejected++)
            {
                WriteCounts(json, [.. pairs.Transitions.Skip(rejected * width).Take(width)]);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSides(Utf8JsonWriter json, string name, PairedCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("both", counts.Both);
        json.WriteNumber("chosen_only", counts.ChosenOnly);
        json.WriteNumber("rejected_only", counts.RejectedOnly);
        json.WriteEndObject();
    }

    // A list of counts on one line, or the file would be one number a line.
    private static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<long> counts)
    {
        var text = new StringBuilder("[");
        foreach (var count in counts)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{count}");
        }

        json.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
    }
}
