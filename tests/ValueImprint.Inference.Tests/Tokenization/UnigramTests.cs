using System.Text.Json;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

public sealed class UnigramTests : IDisposable
{
    private static readonly (string Piece, double Score)[] Pieces =
    [
        ("<s>", 0), ("<pad>", 0), ("</s>", 0), ("<unk>", 0), ("\u2581", -2.1), ("\u2581hello", -5.3), ("hello", -6.7), ("\u2581world", -5.9), ("\u2581the", -3.2),
        ("h", -7.4), ("e", -6.1), ("l", -6.3), ("o", -6.2), ("he", -6.9), ("ll", -7.7), ("llo", -8.3), ("w", -7.5), ("r", -7.1), ("d", -7.2), ("s", -6.0), ("a", -6.05),
        ("n", -6.4), ("t", -6.15), (".", -4.4), (",", -4.2), (":", -5.5), ("'", -5.1), ("!", -6.6), ("?", -6.65), ("\u2581Human", -7.8), ("Human", -8.1),
        ("日", -9.1), ("本", -9.2), ("日本", -9.6), ("語", -9.3), ("👍", -10.1), ("<", -9.4), (">", -9.5), ("/", -8.8), ("m", -7.0), ("k", -7.9), ("1", -7.6), ("2", -7.65), ("12", -9.9),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("valueimprint-").FullName;

    public UnigramTests() => Write("<s>", "</s>");

    [Theory]
    [InlineData("hello world")]
    [InlineData("  hello   world  ")]
    [InlineData("the hellos, Human: hello!")]
    [InlineData("日本語 日本 👍")]
    [InlineData("unknown ЖЖЖ run Ж")]
    [InlineData("12 121")]
    [InlineData("<s>hello</s> <mask> <unk>")]
    public void Encode_Text_GivesIdsOfReference(string text)
    {
        using var encoder = CreateSut();

        var encoded = encoder.Encode(text);

        Assert.Equal([0, .. CreateReference().Encode(text), 2], encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_LongText_GivesIdsOfReference()
    {
        using var encoder = CreateSut();
        var text = string.Join(' ', Enumerable.Repeat("hello the world, Human:", 200));

        var encoded = encoder.Encode(text);

        Assert.Equal([0, .. Enumerable.Repeat(CreateReference().Encode("hello the world, Human:"), 200).SelectMany(static ids => ids), 2], encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_DebertaFrame_TakesItsStartAndEnd()
    {
        Write("</s>", "<s>");
        File.WriteAllText(
            Path.Combine(_folder, "tokenizer_config.json"), """{ "tokenizer_class": "DebertaV2Tokenizer", "cls_token": "</s>", "sep_token": "<s>" }""");
        using var encoder = CreateSut();

        var encoded = encoder.Encode("hello");

        Assert.Equal([2, 5, 0], encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_RandomTexts_GivesIdsOfReference()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var encoder = CreateSut();
        var reference = CreateReference();
        string[] parts = ["hello", "the", "Human", " ", "  ", ".", "日本", "語", "👍", "Ж", "12", "s", "'", "<s>", "</s>", "<pad>", "world", "é", "k"];
        for (var round = 0; round < 1000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => parts[random.Next(parts.Length)]));

            var encoded = encoder.Encode(text);

            int[] expected = [0, .. reference.Encode(text), 2];
            Assert.True(
                expected.AsSpan().SequenceEqual(encoded.Ids),
                $"seed {seed}, round {round}: '{text}'\nexpected {string.Join(' ', expected)}\nfound {string.Join(' ', encoded.Ids.ToArray())}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The tokens of control have no spelling: a text that spells one is a text.
    private static NaiveUnigram CreateReference() =>
        new([.. Pieces.Select(static (piece, id) => id < 4 ? (FormattableString.Invariant($"\0{id}"), piece.Score) : piece)], 3);

    private void Write(string start, string end) => File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), JsonSerializer.Serialize(new
    {
        version = "1.0",
        added_tokens = ((string[])[start, end, "<pad>", "<unk>"]).Select(token => new
        {
            id = Array.FindIndex(Pieces, piece => piece.Piece == token), content = token, single_word = false, lstrip = false, rstrip = false, normalized = false, special = true,
        }),
        pre_tokenizer = new { type = "Metaspace", replacement = "\u2581", add_prefix_space = true },
        model = new { type = "Unigram", unk_id = 3, vocab = Pieces.Select(static piece => new object[] { piece.Piece, piece.Score }) },
    }));

    private TextEncoder CreateSut() =>
        new(TokenizerFiles.Read(_folder), new TruncationRule(TruncationStrategy.Head, 4096, 1), exactCountChars: 1 << 20);
}
