using System.Text.Json;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

/// <summary><c>tokenizer.json</c> gives the same ids as a family's own files, or is refused.</summary>
public sealed class HubTokenizerFileTests : IDisposable
{
    private static readonly string[] Pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello", "he", "##llo", "world", ",", "cafe"];

    private readonly string _folder = Directory.CreateTempSubdirectory("valueimprint-").FullName;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_ByteLevelBpe_GivesIdsOfReference(bool areMergesPairs)
    {
        var vocabulary = ByteLevelVocabulary.English;
        Write(new
        {
            pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false, use_regex = true },
            model = new
            {
                type = "BPE",
                vocab = vocabulary.Vocabulary,
                merges = vocabulary.Merges.Select(merge => areMergesPairs ? (object)new[] { merge.Left, merge.Right } : $"{merge.Left} {merge.Right}"),
            },
        });
        const string text = "hello world,\n\nHuman: don't  you 日本 # #";
        using var encoder = CreateSut();

        Assert.Equal([0, .. NaiveByteLevelBpe.Encode(vocabulary, text), 2], encoder.Encode(text).Ids.ToArray());
    }

    [Fact]
    public void Read_ByteLevelBpeWithPrefixSpaceAndFormC_PreparesTheText()
    {
        var vocabulary = ByteLevelVocabulary.English;
        Write(new
        {
            normalizer = new { type = "NFC" },
            pre_tokenizer = new { type = "ByteLevel", add_prefix_space = true },
            model = new { type = "BPE", vocab = vocabulary.Vocabulary, merges = vocabulary.Merges.Select(static merge => $"{merge.Left} {merge.Right}") },
        });
        using var encoder = CreateSut();

        Assert.Equal([0, .. NaiveByteLevelBpe.Encode(vocabulary, " caf\u00E9"), 2], encoder.Encode("cafe\u0301").Ids.ToArray());
    }

    [Fact]
    public void Read_WordPiece_GivesIdsOfReference()
    {
        Write(new
        {
            normalizer = new { type = "BertNormalizer", lowercase = true, handle_chinese_chars = true },
            model = new { type = "WordPiece", vocab = Pieces.Select(static (piece, id) => (piece, id)).ToDictionary(static pair => pair.piece, static pair => pair.id) },
        });
        using var encoder = CreateSut();

        Assert.Equal(new NaiveWordPiece(Pieces, lowerCases: true).Encode("Hello, CAFÉ hellx"), encoder.Encode("Hello, CAFÉ hellx").Ids.ToArray());
    }

    [Theory]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{"a":0}}}""", "tokenizer.json: model.type: found 'WordLevel', expected BPE, WordPiece or Unigram.")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "tokenizer.json: pre_tokenizer: there is none, expected ByteLevel")]
    [InlineData("""{"pre_tokenizer":{"type":"Whitespace"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "tokenizer.json: pre_tokenizer: found Whitespace")]
    [InlineData("""{"normalizer":{"type":"Lowercase"},"model":{"type":"WordPiece","vocab":{"a":0}}}""", "tokenizer.json: normalizer: found Lowercase, expected BertNormalizer")]
    [InlineData("""{"normalizer":{"type":"BertNormalizer"},"model":{"type":"WordPiece","vocab":{"a":0}}}""", "tokenizer.json: has no unknown token: looked for [UNK]")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":5,"vocab":[["a",-1]]}}""", "tokenizer.json: model.unk_id: found the number 5")]
    public void Read_UnknownKind_IsRefused(string json, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), json);

        var exception = Assert.Throws<ModelPackageException>(() => TokenizerFiles.Read(_folder));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SentencePieceAlone_SaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_folder, "spm.model"), "");

        var exception = Assert.Throws<ModelPackageException>(() => TokenizerFiles.Read(_folder));

        Assert.Contains("spm.model", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(object tokenizer) => File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), JsonSerializer.Serialize(tokenizer));

    private TextEncoder CreateSut() =>
        new(TokenizerFiles.Read(_folder), new TruncationRule(TruncationStrategy.Head, 4096, 1), exactCountChars: 1 << 20);
}
