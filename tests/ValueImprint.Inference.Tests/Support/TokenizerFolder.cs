using System.Text.Json.Nodes;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>A tokenizer's files in a temporary folder.</summary>
internal sealed class TokenizerFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("valueimprint-").FullName;

    /// <summary>Byte-level BPE with the vocabulary of a package that has <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    public static TokenizerFolder OfByteLevelBpe(string package, bool addsPrefixSpace = false)
    {
        var folder = new TokenizerFolder();
        folder.WriteTokenizer(
            normalizer: addsPrefixSpace ? """{ "type": "NFC" }""" : "null",
            preTokenizer: $$"""{ "type": "ByteLevel", "add_prefix_space": {{(addsPrefixSpace ? "true" : "false")}}, "trim_offsets": true, "use_regex": true }""",
            postProcessor: """{ "type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": false }""",
            model: new JsonObject
            {
                ["type"] = "BPE",
                ["unk_token"] = "<unk>",
                ["vocab"] = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(package, "vocab.json"))),
                ["merges"] = new JsonArray([.. File.ReadLines(System.IO.Path.Combine(package, "merges.txt"))
                    .Where(static line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)).Select(static line => (JsonNode)line)]),
            });
        return folder;
    }

    /// <summary>WordPiece with a vocabulary of one token a line.</summary>
    public static TokenizerFolder OfWordPiece(string[] vocabulary, string normalizer)
    {
        var folder = new TokenizerFolder();
        var ids = new JsonObject(vocabulary.Select(static (token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        folder.WriteTokenizer(
            normalizer,
            preTokenizer: """{ "type": "BertPreTokenizer" }""",
            postProcessor: $$"""{ "type": "BertProcessing", "sep": ["[SEP]", {{ids["[SEP]"]}}], "cls": ["[CLS]", {{ids["[CLS]"]}}] }""",
            model: new JsonObject { ["type"] = "WordPiece", ["unk_token"] = "[UNK]", ["continuing_subword_prefix"] = "##", ["vocab"] = ids });
        return folder;
    }

    public void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(Path, file), text);

    /// <summary>Keeps all of a text that is not longer than any here.</summary>
    public static TextEncoder Encoder(string folder) =>
        new(PackageTokenizer.Read(folder), new TruncationRule(TruncationStrategy.Head, 1 << 16, 1), exactCountChars: 1 << 20);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void WriteTokenizer(string normalizer, string preTokenizer, string postProcessor, JsonObject model) => Write("tokenizer.json", new JsonObject
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = JsonNode.Parse(normalizer),
        ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
        ["post_processor"] = JsonNode.Parse(postProcessor),
        ["decoder"] = null,
        ["model"] = model,
    }.ToJsonString());
}
