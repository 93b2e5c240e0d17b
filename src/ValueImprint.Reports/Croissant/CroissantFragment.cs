using System.Text.Json;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Croissant;

/// <summary>
/// What an imprint adds to a dataset's Croissant file, as JSON-LD: the files with their hashes, the counts as a record set with inline
/// data, and the annotations of the responsible-AI vocabulary. MLCommons, "Croissant Format Specification" 1.0 and "Croissant RAI
/// Specification" 1.0 (2024). A fragment: title, licence, address and creators are the dataset's own to state. Holds no dataset text.
/// </summary>
public static class CroissantFragment
{
    private const string RecordSet = "value-imprint";

    private static readonly (string Name, string Type, string Meaning)[] _fields =
    [
        ("scope", "sc:Text", "Which side of a row the texts are."),
        ("value", "sc:Text", "Id of the value."),
        ("name", "sc:Text", "Display name of the value."),
        ("texts", "sc:Integer", "Texts that have the value."),
        ("of", "sc:Integer", "All texts of the scope."),
        ("lower", "sc:Float", "Lower end of the share's 95 % Wilson interval."),
        ("upper", "sc:Float", "Upper end of it."),
    ];

    /// <summary>Writes UTF-8; the stream is left open.</summary>
    public static void Write(Imprint imprint, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, ImprintFormat.WriterOptions))
        {
            json.WriteStartObject();
            WriteContext(json);
            json.WriteString("@type", "sc:Dataset");
            json.WriteStartArray("conformsTo");
            json.WriteStringValue("http://mlcommons.org/croissant/1.0");
            json.WriteStringValue("http://mlcommons.org/croissant/RAI/1.0");
            json.WriteEndArray();
            WriteAnnotations(imprint, json);
            WriteFiles(imprint, json);
            WriteRecordSet(imprint, json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    // The terms used below, as the specification's recommended context names them.
    private static void WriteContext(Utf8JsonWriter json)
    {
        json.WriteStartObject("@context");
        json.WriteString("@language", "en");
        json.WriteString("@vocab", "https://schema.org/");
        json.WriteString("sc", "https://schema.org/");
        json.WriteString("cr", "http://mlcommons.org/croissant/");
        json.WriteString("rai", "http://mlcommons.org/croissant/RAI/");
        json.WriteString("dct", "http://purl.org/dc/terms/");
        json.WriteString("conformsTo", "dct:conformsTo");
        json.WriteString("recordSet", "cr:recordSet");
        json.WriteString("field", "cr:field");
        json.WriteStartObject("dataType");
        json.WriteString("@id", "cr:dataType");
        json.WriteString("@type", "@vocab");
        json.WriteEndObject();
        json.WriteStartObject("data");
        json.WriteString("@id", "cr:data");
        json.WriteString("@type", "@json");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAnnotations(Imprint imprint, Utf8JsonWriter json)
    {
        var model = imprint.Model;
        json.WriteString("rai:machineAnnotationTools", $"{model.Name} {model.Version} ({model.Variant}), content {model.ContentHash}");
        json.WriteString(
            "rai:dataAnnotationProtocol",
            FormattableString.Invariant($"Every text was classified into the values of the taxonomy {imprint.Taxonomy} (content {imprint.Taxonomy.ContentHash}). ")
                + FormattableString.Invariant($"{imprint.Rows.Read} rows were read, {imprint.Rows.Classified} classified, {imprint.Rows.Duplicates} left out as duplicates, ")
                + FormattableString.Invariant($"{imprint.Rows.NearDuplicates} as near-duplicates, {imprint.Rows.Rejected} rejected. ")
                + $"Imprint content {ImprintWriter.ContentHash(imprint)}.");
        json.WriteString("rai:dataLimitations", $"The labels are a classifier's, and the intervals hold the chance of sampling alone. {ModelErrors.InWords(imprint)}");
        if (imprint.Texts > 0)
        {
            json.WriteString("rai:dataBiases", Biases(imprint));
        }
    }

    private static string Biases(Imprint imprint)
    {
        var scope = imprint.Scopes.First();
        var shares = scope.Values.Index().OrderByDescending(static value => value.Item.Texts)
            .Select(value => $"{imprint.Taxonomy.Values[value.Index].Name} {ShareText.Percent((double)value.Item.Texts / scope.Texts)}");
        var clear = PreferenceContrast.Of(imprint).Values.Where(static value => value.IsClear(ConfidenceLevel.Default))
            .Select(static value => $"{value.Value.Name} {ShareText.Difference(value.Difference.Value)}").ToList();
        return $"Values of the {scope.Scope.Name()} texts: {string.Join(", ", shares)}."
            + (clear.Count > 0 ? $" Rewarded by the preference, chosen minus rejected, in percentage points: {string.Join(", ", clear)}." : "");
    }

    private static void WriteFiles(Imprint imprint, Utf8JsonWriter json)
    {
        json.WriteStartArray("distribution");
        foreach (var file in imprint.Files)
        {
            json.WriteStartObject();
            json.WriteString("@type", "cr:FileObject");
            json.WriteString("@id", IdOf(file, imprint.Files));
            json.WriteString("name", file.Name);
            json.WriteString("contentUrl", Uri.EscapeDataString(file.Name));
            json.WriteString("contentSize", FormattableString.Invariant($"{file.Bytes} B"));
            json.WriteString("encodingFormat", FormatOf(file.Name));
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Files of two folders may share a name, and no two nodes of JSON-LD an id.
    private static string IdOf(DatasetFile file, IReadOnlyList<DatasetFile> files) =>
        Uri.EscapeDataString(file.Name) + (files.Count(other => other.Name == file.Name) > 1 ? $"-{file.Sha256}" : "");

    private static void WriteRecordSet(Imprint imprint, Utf8JsonWriter json)
    {
        json.WriteStartArray("recordSet");
        json.WriteStartObject();
        json.WriteString("@type", "cr:RecordSet");
        json.WriteString("@id", RecordSet);
        json.WriteString("name", RecordSet);
        json.WriteString("description", "How many texts of each scope have each human value.");
        json.WriteStartArray("field");
        foreach (var (name, type, meaning) in _fields)
        {
            json.WriteStartObject();
            json.WriteString("@type", "cr:Field");
            json.WriteString("@id", $"{RecordSet}/{name}");
            json.WriteString("name", name);
            json.WriteString("description", meaning);
            json.WriteString("dataType", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("data");
        foreach (var row in ImprintTable.Of(imprint).Rows.Where(static row => row.Value is not null))
        {
            json.WriteStartObject();
            json.WriteString($"{RecordSet}/scope", row.Scope.Name());
            json.WriteString($"{RecordSet}/value", row.Value?.Id);
            json.WriteString($"{RecordSet}/name", row.Name);
            json.WriteNumber($"{RecordSet}/texts", row.Share.Count);
            json.WriteNumber($"{RecordSet}/of", row.Share.Total);
            json.WriteNumber($"{RecordSet}/lower", row.Interval.Lower);
            json.WriteNumber($"{RecordSet}/upper", row.Interval.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string FormatOf(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".GZ" => "application/gzip",
        ".ZST" => "application/zstd",
        ".JSON" => "application/json",
        ".JSONL" or ".NDJSON" => "application/jsonlines",
        ".CSV" => "text/csv",
        ".TSV" => "text/tab-separated-values",
        ".PARQUET" => "application/vnd.apache.parquet",
        ".TXT" => "text/plain",
        _ => "application/octet-stream",
    };
}
