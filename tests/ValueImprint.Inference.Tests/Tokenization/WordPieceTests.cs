using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

public sealed class WordPieceTests : IDisposable
{
    private static readonly string[] Vocabulary =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "human", "assistant", "the", "he", "##llo", "##l", "##o", "h", "##e", "##s",
        ".", ",", ":", "'", "!", "?", "s", "ll", "don", "t", "12", "##3", "1", "a", "b", "##b", "cafe", "日", "本", "語", "<", ">", "/", "[", "]", "|", "#", "=",
        "cls", "mask", "-", "_", "Hello", "ß", "привет", "x", "##x", "²", "##²", "0", "z", "é", "👍",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("valueimprint-").FullName;

    public WordPieceTests() => File.WriteAllLines(Path.Combine(_folder, "vocab.txt"), Vocabulary);

    [Theory]
    [InlineData("Hello world")]
    [InlineData("Human: hello\n\nAssistant: HELLO!!")]
    [InlineData("café CAFÉ cafe\u0301")]
    [InlineData("日本語hello日")]
    [InlineData("  spaces \t and\r\nlines ")]
    [InlineData("[CLS] hello [MASK] ##llo")]
    [InlineData("123 1234 abba ab")]
    [InlineData("unknownword hello")]
    [InlineData("don't hells")]
    [InlineData("👍 hello👍")]
    [InlineData("zero\0byte")]
    public void Encode_Text_GivesIdsOfReference(string text)
    {
        using var encoder = CreateSut();

        var encoded = encoder.Encode(text);

        Assert.Equal(new NaiveWordPiece(Vocabulary, lowerCases: true).Encode(text), encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_CasedModel_KeepsCaseAndAccents()
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), """{ "do_lower_case": false, "cls_token": "[CLS]", "sep_token": { "content": "[SEP]" } }""");
        using var encoder = CreateSut();

        var encoded = encoder.Encode("Hello hello é");

        Assert.Equal([2, Array.IndexOf(Vocabulary, "Hello"), Array.IndexOf(Vocabulary, "hello"), Array.IndexOf(Vocabulary, "é"), 3], encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_RandomTexts_GivesIdsOfReference()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var encoder = CreateSut();
        var reference = new NaiveWordPiece(Vocabulary, lowerCases: true);
        for (var round = 0; round < 2000; round++)
        {
            var text = RandomText.Next(random, most: 12);

            var encoded = encoder.Encode(text);

            var expected = reference.Encode(text);
            Assert.True(
                expected.AsSpan().SequenceEqual(encoded.Ids),
                $"seed {seed}, round {round}: {RandomText.Hex(text)}\nexpected {string.Join(' ', expected)}\nfound {string.Join(' ', encoded.Ids.ToArray())}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TextEncoder CreateSut() =>
        new(TokenizerFiles.Read(_folder), new TruncationRule(TruncationStrategy.Head, 4096, 1), exactCountChars: 1 << 20);
}
