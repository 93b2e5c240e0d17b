using System.Text.Json.Nodes;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

/// <summary><c>tokenizer.json</c> decides, and what can't be reproduced to the id is refused by its field.</summary>
public sealed class TokenizerJsonTests : IDisposable
{
    private const string Bert = """{ "type": "BertNormalizer", "lowercase": false }""";
    private static readonly string[] Pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "Paris", "paris", "caf", "##é"];

    private readonly TokenizerFolder _bpe = TokenizerFolder.OfByteLevelBpe(Fixture.Path("models/roberta-tiny"));
    private readonly TokenizerFolder _wordPiece = TokenizerFolder.OfWordPiece(Pieces, Bert);

    [Fact]
    public void Read_VocabularyFileBesideIt_IsPassedOver()
    {
        _wordPiece.Write("vocab.txt", string.Join('\n', Pieces));

        Assert.Equal([2, 4, 5, 6, 7, 3], TokenizerFolder.Encoder(_wordPiece.Path).Encode("Paris paris café").Ids.ToArray());
        Assert.Equal(["tokenizer.json"], PackageTokenizer.Read(_wordPiece.Path).Files);
    }

    [Fact]
    public void Read_MergesAsPairs_GivesTheSameIds()
    {
        const string text = "hello world, don't";
        var expected = TokenizerFolder.Encoder(_bpe.Path).Encode(text).Ids.ToArray();
        Change(_bpe, static json => json["model"]!["merges"] = new JsonArray(
            [.. json["model"]!["merges"]!.AsArray().Select(static merge => new JsonArray([.. merge!.GetValue<string>().Split(' ').Select(static part => (JsonNode)part)]))]));

        Assert.Equal(expected, TokenizerFolder.Encoder(_bpe.Path).Encode(text).Ids.ToArray());
    }

    [Theory]
    [InlineData("null", new[] { 0 }, new[] { 2 })]
    [InlineData("""{ "type": "ByteLevel", "trim_offsets": true }""", new int[0], new int[0])]
    [InlineData("""{ "type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0] }""", new[] { 0 }, new[] { 2 })]
    [InlineData(
        """
        { "type": "Sequence", "processors": [{ "type": "ByteLevel" }, { "type": "TemplateProcessing", "pair": [],
          "single": [{ "SpecialToken": { "id": "<s>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }, { "SpecialToken": { "id": "</s>", "type_id": 0 } }],
          "special_tokens": { "<s>": { "id": "<s>", "ids": [0, 7], "tokens": ["<s>", "x"] }, "</s>": { "id": "</s>", "ids": [2], "tokens": ["</s>"] } } }] }
        """,
        new[] { 0, 7 }, new[] { 2 })]
    public void Read_PostProcessor_FramesTheTextAsItSays(string postProcessor, int[] before, int[] behind)
    {
        Change(_bpe, json => json["post_processor"] = JsonNode.Parse(postProcessor));

        var tokenizer = PackageTokenizer.Read(_bpe.Path);

        Assert.Equal((before, behind), (tokenizer.Before.ToArray(), tokenizer.Behind.ToArray()), EqualityComparer<(int[], int[])>.Create(
            static (one, other) => one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2)));
    }

    [Theory]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "model.end_of_word_suffix: found '</w>', expected none.")]
    [InlineData("model.continuing_subword_prefix", "\"@@\"", "model.continuing_subword_prefix: found '@@', expected none.")]
    [InlineData("model.byte_fallback", "true", "model.byte_fallback: expected false.")]
    [InlineData("model.ignore_merges", "true", "model.ignore_merges: expected false.")]
    [InlineData("model.dropout", "0.1", "model.dropout: expected none")]
    [InlineData("model.unk_token", "\"[NONE]\"", "model.unk_token: there is no token '[NONE]'.")]
    [InlineData("model.new_option", "true", "model.new_option: is not known here.")]
    [InlineData("model.type", "\"WordLevel\"", "model.type: found 'WordLevel', expected BPE, WordPiece or Unigram.")]
    [InlineData("new_stage", "{}", "new_stage: is not known here.")]
    [InlineData("normalizer", """{ "type": "Lowercase" }""", "normalizer: found Lowercase, expected NFC or none.")]
    [InlineData("normalizer", """{ "type": "Sequence", "normalizers": [{ "type": "NFC" }, { "type": "Prepend", "prepend": "x" }] }""", "normalizer: found NFC and Prepend, expected NFC or none.")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer: there is none, expected ByteLevel alone.")]
    [InlineData("pre_tokenizer", """{ "type": "Whitespace" }""", "pre_tokenizer: found Whitespace, expected ByteLevel alone.")]
    [InlineData("pre_tokenizer.use_regex", "false", "pre_tokenizer.use_regex: expected true.")]
    [InlineData("pre_tokenizer.trims", "false", "pre_tokenizer.trims: is not known here.")]
    [InlineData("post_processor", """{ "type": "Other" }""", "post_processor: found Other, expected RobertaProcessing")]
    [InlineData(
        "post_processor", """{ "type": "TemplateProcessing", "single": [{ "Sequence": { "id": "A", "type_id": 1 } }], "special_tokens": {} }""",
        "post_processor.single[0].Sequence.type_id: expected 0")]
    [InlineData("added_tokens", """[{ "id": 4, "content": "<x>", "special": false }]""", "added_tokens[0]: '<x>' is not special")]
    public void Read_WhatCannotBeReproduced_IsRefusedByFileAndField(string field, string value, string expected)
    {
        Change(_bpe, json =>
        {
            var path = field.Split('.');
            (path is [var parent, _] ? json[parent]! : json)[path[^1]] = JsonNode.Parse(value);
        });

        var exception = Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(_bpe.Path));

        Assert.Contains($"tokenizer.json: {expected}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normalizer", """{ "type": "Lowercase" }""", "normalizer: found Lowercase, expected BertNormalizer.")]
    [InlineData("pre_tokenizer", """{ "type": "Whitespace" }""", "pre_tokenizer: found Whitespace, expected BertPreTokenizer.")]
    [InlineData("model.continuing_subword_prefix", "\"@@\"", "model.continuing_subword_prefix: expected '##'.")]
    [InlineData("model.unk_token", "\"<unk>\"", "has no '<unk>'")]
    public void Read_WordPieceThatCannotBeReproduced_IsRefusedByFileAndField(string field, string value, string expected)
    {
        Change(_wordPiece, json =>
        {
            var path = field.Split('.');
            (path is [var parent, _] ? json[parent]! : json)[path[^1]] = JsonNode.Parse(value);
        });

        var exception = Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(_wordPiece.Path));

        Assert.Contains($"tokenizer.json: {expected}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "NFKC" }""", "normalizer: found NFKC, expected Precompiled, Strip, or Replace")]
    [InlineData("""{ "type": "Replace", "pattern": { "String": "x" }, "content": "y" }""", "normalizer.pattern: expected the regular expression ' {2,}'")]
    [InlineData("""{ "type": "Precompiled", "precompiled_charsmap": "AAAA" }""", "normalizer.precompiled_charsmap: is no map of characters")]
    public void Read_UnigramThatCannotBeReproduced_IsRefusedByFileAndField(string normalizer, string expected)
    {
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer.json", File.ReadAllText(Fixture.Path("tokenizer/unigram-words/tokenizer.json")));
        Change(folder, json => json["normalizer"] = JsonNode.Parse(normalizer));

        var exception = Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(folder.Path));

        Assert.Contains($"tokenizer.json: {expected}", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _bpe.Dispose();
        _wordPiece.Dispose();
    }

    private static void Change(TokenizerFolder folder, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "tokenizer.json")))!; // A file of an object.
        change(json);
        folder.Write("tokenizer.json", json.ToJsonString());
    }
}
