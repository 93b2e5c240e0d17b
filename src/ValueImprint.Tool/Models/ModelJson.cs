using System.Text.Encodings.Web;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;

namespace ValueImprint.Tool.Models;

/// <summary>A model package as JSON.</summary>
internal static class ModelJson
{
    private static readonly JsonWriterOptions _format = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ModelPackage package, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, _format))
        {
            json.WriteStartObject();
            WriteIdentity(package, json);
            WriteTaxonomy(package.Description, json);
            WriteFigures(package.Description.Metrics, json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteIdentity(ModelPackage package, Utf8JsonWriter json)
    {
        var model = package.Description;
        json.WriteString("name", model.Name);
        json.WriteString("version", model.Version);
        json.WriteString("license", model.License);
        json.WriteString("folder", package.Folder);
        json.WriteString("content_hash", model.ContentHash);
        json.WriteString("tokenizer_hash", model.TokenizerHash);
        json.WriteString("variant", model.Variant);
        WriteTexts("variants", package.Variants, json);
        json.WriteString("problem_type", model.ProblemType == ProblemType.SingleLabel ? "single-label" : "multi-label");
        json.WriteNumber("max_tokens", model.MaxTokens);
        json.WriteString("truncation", ModelFacts.Name(model.Truncation));
        json.WriteNumber("head_share", model.HeadShare);
        json.WriteNumber("temperature", model.Temperature);
        json.WriteNumber("abstain_below", model.AbstainBelow);
        json.WriteBoolean("stance", model.HasStance);
        WriteTexts("remarks", model.Remarks, json);
    }

    private static void WriteTaxonomy(ModelDescription model, Utf8JsonWriter json)
    {
        json.WriteStartObject("taxonomy");
        json.WriteString("id", model.Taxonomy.Id);
        json.WriteString("version", model.Taxonomy.Version);
        json.WriteString("content_hash", model.Taxonomy.ContentHash);
        json.WriteStartArray("values");
        for (var index = 0; index < model.Taxonomy.Values.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Taxonomy.Values[index].Id);
            json.WriteString("name", model.Taxonomy.Values[index].Name);
            if (model.ProblemType == ProblemType.MultiLabel)
            {
                json.WriteNumber("decision_threshold", model.DecisionThresholdOf(index));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(ModelMetrics? metrics, Utf8JsonWriter json)
    {
        if (metrics is null)
        {
            return;
        }

        json.WriteStartObject("metrics");
        json.WriteString("split", metrics.Split);
        json.WriteNumber("texts", metrics.Texts);
        WriteNumbers("overall", metrics.Overall, json);
        json.WriteStartObject("per_value");
        foreach (var (value, figures) in metrics.PerValue)
        {
            json.WriteStartObject(value);
            json.WriteNumber("precision", figures.Precision);
            json.WriteNumber("recall", figures.Recall);
            json.WriteNumber("f1", figures.F1);
            json.WriteNumber("support", figures.Support);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("baseline_name", metrics.BaselineName);
        WriteNumbers("baseline", metrics.Baseline, json);
        json.WriteEndObject();
    }

    private static void WriteTexts(string name, IEnumerable<string> texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(string name, IReadOnlyDictionary<string, double> numbers, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        foreach (var (key, number) in numbers)
        {
            json.WriteNumber(key, number);
        }

        json.WriteEndObject();
    }
}
