using System.Text.Json;
using System.Text.Json.Nodes;

namespace ValueImprint.Bench.Peers;

/// <summary>
/// The default model in the shape that transformers.js loads: the same graph file, and the same tokenizer as a <c>tokenizer.json</c>, made
/// of the package's <c>vocab.json</c> and <c>merges.txt</c>.
/// </summary>
internal static class HubModelFolder
{
    /// <summary>Writes the folder.</summary>
    /// <param name="package">The model package.</param>
    /// <param name="folder">Where to; it must not exist.</param>
    public static void Write(string package, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.Copy(Path.Combine(package, "config.json"), Path.Combine(folder, "config.json"));
        File.CreateSymbolicLink(Path.Combine(folder, "onnx", "model.onnx"), Path.Combine(package, "model.onnx"));

        // What dtype "q8" asks for.
        File.CreateSymbolicLink(Path.Combine(folder, "onnx", "model_quantized.onnx"), Path.Combine(package, "model.int8.onnx"));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer(package).ToJsonString());
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), JsonSerializer.Serialize(new
        {
            tokenizer_class = "RobertaTokenizer", model_max_length = 256, bos_token = "<s>", eos_token = "</s>", cls_token = "<s>", sep_token = "</s>",
            pad_token = "<pad>", unk_token = "<unk>", mask_token = "<mask>",
        }));
    }

    private static JsonObject Tokenizer(string package)
    {
        var vocabulary = JsonNode.Parse(File.ReadAllText(Path.Combine(package, "vocab.json")))!.AsObject(); // Never the literal null.
        var merges = File.ReadLines(Path.Combine(package, "merges.txt")).Where(static line => !line.StartsWith("#version", StringComparison.Ordinal) && line.Length > 0);
        string[] special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
        var added = special.Select(token => new JsonObject
        {
            ["id"] = (int)vocabulary[token]!, ["content"] = token, ["single_word"] = false, ["lstrip"] = token == "<mask>", ["rstrip"] = false,
            ["normalized"] = false, ["special"] = true,
        });
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. added]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = ByteLevel(addsSpace: false),
            ["post_processor"] = new JsonObject
            {
                ["type"] = "RobertaProcessing", ["sep"] = Framing("</s>"), ["cls"] = Framing("<s>"), ["trim_offsets"] = true, ["add_prefix_space"] = false,
            },
            ["decoder"] = ByteLevel(addsSpace: true),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = "", ["end_of_word_suffix"] = "",
                ["fuse_unk"] = false, ["byte_fallback"] = false, ["vocab"] = vocabulary.DeepClone(),
                ["merges"] = new JsonArray([.. merges.Select(static merge => JsonValue.Create(merge))]),
            },
        };

        JsonArray Framing(string token) => [token, (int)vocabulary[token]!];
    }

    private static JsonObject ByteLevel(bool addsSpace) =>
        new() { ["type"] = "ByteLevel", ["add_prefix_space"] = addsSpace, ["trim_offsets"] = true, ["use_regex"] = true };
}
