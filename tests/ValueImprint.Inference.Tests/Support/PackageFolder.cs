using System.Text.Json;
using System.Text.Json.Nodes;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>A model package in a temporary folder, complete unless a test takes something away.</summary>
internal sealed class PackageFolder : IDisposable
{
    private static readonly string[] BuiltInValues =
        ["well-being", "information-seeking", "justice", "duty", "wisdom", "civility", "empathy"];

    /// <param name="graph">The model; a bag of embeddings over the tokenizer's vocabulary when left out.</param>
    /// <param name="labels">The labels; the built-in taxonomy's when left out.</param>
    public PackageFolder(byte[]? graph = null, string[]? labels = null)
    {
        labels ??= BuiltInValues;
        Directory.CreateDirectory(Path);
        Tokenizer.Write(Path);
        Write("model.onnx", graph ?? TinyGraphs.Bag(Tokenizer.Vocabulary.Count, labels.Length));
        Config = new JsonObject
        {
            ["model_type"] = "roberta",
            ["id2label"] = new JsonObject(labels.Select((label, index) =>
                KeyValuePair.Create<string, JsonNode?>(index.ToString(System.Globalization.CultureInfo.InvariantCulture), label))),
            ["max_position_embeddings"] = 66,
            ["pad_token_id"] = 1,
        };
        WriteConfig();
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "valueimprint-tests", Guid.NewGuid().ToString("N"));

    public ByteLevelVocabulary Tokenizer { get; } = ByteLevelVocabulary.English;

    public JsonObject Config { get; }

    public void WriteConfig() => Write("config.json", Config.ToJsonString());

    public void Write(string file, string text)
    {
        System.IO.File.WriteAllText(File(file), text);
    }

    public void Write(string file, byte[] bytes) => System.IO.File.WriteAllBytes(File(file), bytes);

    public void WriteManifest(object manifest) => Write("valueimprint.json", JsonSerializer.Serialize(manifest));

    public void Delete(string file) => System.IO.File.Delete(File(file));

    public ModelPackage Load(string? variant = null) => ModelPackage.Load(Path, variant);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string File(string file)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
