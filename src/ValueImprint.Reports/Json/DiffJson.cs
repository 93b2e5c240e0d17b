using System.Text.Json;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Json;

/// <summary>How two imprints differ, as JSON for programs. Holds no dataset text.</summary>
public static class DiffJson
{
    /// <summary>Version of the JSON's shape, in the member <c>diff</c>.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes UTF-8; the stream is left open.</summary>
    public static void Write(ImprintDiff diff, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, ImprintFormat.WriterOptions))
        {
            Write(diff, json);
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Write(ImprintDiff diff, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("diff", SchemaVersion);
        json.WriteString("baseline", ImprintWriter.ContentHash(diff.Baseline));
        json.WriteString("current", ImprintWriter.ContentHash(diff.Current));
        if (diff.Caution is { } caution)
        {
            json.WriteString("caution", caution);
        }

        json.WriteNumber("confidence", diff.Level.Level);
        json.WriteStartArray("scopes");
        foreach (var scope in diff.Scopes)
        {
            WriteScope(scope, json);
        }

        json.WriteEndArray();
        WriteNames("missing_scopes", diff.Missing, json);
        WriteNames("added_scopes", diff.Added, json);
        json.WriteEndObject();
    }

    private static void WriteScope(ScopeDrift drift, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("scope", RuleWords.NameOf(drift.Scope));
        json.WriteNumber("baseline_total", drift.BaselineTexts);
        json.WriteNumber("total", drift.CurrentTexts);
        json.WriteBoolean("small_sample", drift.IsSmallSample);
        WriteEstimate("jensen_shannon", drift.JensenShannon, json);
        WriteEstimate("total_variation", drift.TotalVariation, json);
        json.WriteStartArray("values");
        foreach (var value in drift.Values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value.Id);
            json.WriteNumber("baseline_count", value.Baseline.Count);
            json.WriteNumber("count", value.Current.Count);
            WriteEstimate("change", value.Change, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEstimate(string name, Estimate estimate, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteNumber("estimate", estimate.Value);
        json.WriteNumber("lower", estimate.Interval.Lower);
        json.WriteNumber("upper", estimate.Interval.Upper);
        json.WriteEndObject();
    }

    private static void WriteNames(string name, IReadOnlyList<TextScope> scopes, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var scope in scopes)
        {
            json.WriteStringValue(scope.Name());
        }

        json.WriteEndArray();
    }
}
