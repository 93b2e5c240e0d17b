using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ValueImprint.Inference.Tests.Support;

namespace ValueImprint.Inference.Tests.Tokenization;

/// <summary>Ids are those of Hugging Face's own tokenizers, which the models were trained with.</summary>
public sealed class HuggingFaceTests
{
    private const string Uncased = """{ "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true }""";

    private static readonly string BertVocabulary = Fixture.Path("tokenizer/wordpiece/vocab.txt");

    public static TheoryData<string> Kinds => ["bpe", "bpe_prefix", "wordpiece", "wordpiece_cased", "wordpiece_accents", "unigram_words", "unigram_spaces"];

    // The file's ids are from version 0.21 of the tokenizers in Rust; none frames a text.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_AwkwardTexts_GivesHuggingFacesIds(string kind)
    {
        using var folder = Create(kind);
        var encoder = TokenizerFolder.Encoder(folder.Path);
        var expected = File.ReadLines(Fixture.Path("tokenizer/huggingface.jsonl")).Select(static line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.NotEmpty(expected);
        Assert.All(expected, line => Assert.Equal(
            line.GetProperty(kind).EnumerateArray().Select(static id => id.GetInt32()), encoder.Encode(line.GetProperty("text").GetString()!).Ids[1..^1].ToArray()));
    }

    [Theory]
    [InlineData("bpe")]
    [InlineData("wordpiece")]
    [InlineData("unigram_plain")]
    public async Task Encode_RealTexts_GivesHuggingFacesIds(string kind)
    {
        var polyglot = RepositoryRoot.File("tests/ValueImprint.Inference.Tests/polyglot/tokenizers");
        Assert.SkipUnless(Directory.Exists(Path.Combine(polyglot, "node_modules")), "Hugging Face's tokenizers are not installed; run tools/install-test-clients.sh.");
        var texts = Fixture.Dialogues(most: 1000).ToArray();
        using var folder = Create(kind);
        var encoder = TokenizerFolder.Encoder(folder.Path);

        var found = await RunNode(polyglot, folder.Path, texts);

        Assert.Equal(texts.Length, found.Length);
        Assert.All(texts.Zip(found), pair => Assert.Equal(pair.Second, encoder.Encode(pair.First).Ids.ToArray()));
    }

    [Fact]
    public void Encode_VocabularyFileOfBert_GivesHuggingFacesIds()
    {
        var encoder = TokenizerFolder.Encoder(Fixture.Path("tokenizer/wordpiece"));

        Assert.All(Fixture.Texts("tokenizer/wordpiece/texts.jsonl"), expected =>
            Assert.Equal([101, .. expected.Ids, 102], encoder.Encode(expected.Text).Ids.ToArray()));
    }

    [Fact]
    public void Encode_DefaultModel_GivesIdsOfTheTrainingTokenizer()
    {
        var encoder = TokenizerFolder.Encoder(Path.Combine(AppContext.BaseDirectory, "models", "value-imprint-small"));

        Assert.All(Fixture.Texts("tokenizer/byte-level-bpe.jsonl"), expected =>
            Assert.Equal([0, .. expected.Ids, 2], encoder.Encode(expected.Text).Ids.ToArray()));
    }

    private static TokenizerFolder Create(string kind)
    {
        switch (kind)
        {
            case "bpe" or "bpe_prefix":
                return TokenizerFolder.OfByteLevelBpe(Fixture.Path("models/roberta-tiny"), addsPrefixSpace: kind == "bpe_prefix");
            case "unigram_words" or "unigram_spaces":
                var folder = new TokenizerFolder();
                folder.Write("tokenizer.json", File.ReadAllText(Fixture.Path($"tokenizer/{kind.Replace('_', '-')}/tokenizer.json")));
                return folder;
            case "unigram_plain":
                // In JavaScript a compiled map of characters is not read, but guessed.
                var plain = new TokenizerFolder();
                var json = JsonNode.Parse(File.ReadAllText(Fixture.Path("tokenizer/unigram-words/tokenizer.json")))!; // A file of an object.
                json["normalizer"] = null;
                plain.Write("tokenizer.json", json.ToJsonString());
                return plain;
            case "wordpiece_cased":
                return TokenizerFolder.OfWordPiece(File.ReadAllLines(BertVocabulary), Uncased.Replace("\"lowercase\": true", "\"lowercase\": false", StringComparison.Ordinal));
            case "wordpiece_accents":
                return TokenizerFolder.OfWordPiece(File.ReadAllLines(BertVocabulary), Uncased.Replace("null", "false", StringComparison.Ordinal));
            default:
                return TokenizerFolder.OfWordPiece(File.ReadAllLines(BertVocabulary), Uncased);
        }
    }

    private static async Task<int[][]> RunNode(string polyglot, string tokenizer, string[] texts)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["encode.mjs", tokenizer])
        {
            WorkingDirectory = polyglot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!; // It is started anew.
        var lines = ReadLines(node.StandardOutput);
        foreach (var text in texts)
        {
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(text));
        }

        node.StandardInput.Close();
        return await lines.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static async Task<int[][]> ReadLines(StreamReader reader)
    {
        List<int[]> ids = [];
        while (await reader.ReadLineAsync() is { } line)
        {
            ids.Add(JsonSerializer.Deserialize<int[]>(line)!);
        }

        return [.. ids];
    }
}
