using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

public sealed class ByteLevelBpeTests : IDisposable
{
    private readonly PackageFolder _folder = new();

    [Theory]
    [InlineData("hello world")]
    [InlineData("a\n\nb")]
    [InlineData("end.\n\nHuman: hello\n\nAssistant: hello")]
    [InlineData("  leading and trailing  ")]
    [InlineData("many     spaces \n  and\t\ttabs")]
    [InlineData("don't we'll it's 'S")]
    [InlineData("héllo 日本 👍🏽 👩‍👩‍👧")]
    [InlineData("no\u00A0break\u2003and\u3000wide")]
    [InlineData("12ab½ x² Ⅷ")]
    [InlineData("<s>not a token</s><pad><mask><|endoftext|>x <|endoftext|>")]
    [InlineData("zero\0byte\0\0 twice")]
    [InlineData("a\u0085b\u2028c\u001Fd")]
    [InlineData("lone \uD800 surrogate")]
    [InlineData("## # # ==== =====")]
    public void Encode_Text_GivesIdsOfReference(string text)
    {
        using var encoder = CreateSut();

        var encoded = encoder.Encode(text);

        Assert.Equal([0, .. NaiveByteLevelBpe.Encode(_folder.Tokenizer, text), 2], encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_RandomTexts_GivesIdsOfReference()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var encoder = CreateSut();
        for (var round = 0; round < 3000; round++)
        {
            var text = RandomText.Next(random, most: 12);

            var encoded = encoder.Encode(text);

            int[] expected = [0, .. NaiveByteLevelBpe.Encode(_folder.Tokenizer, text), 2];
            Assert.True(expected.AsSpan().SequenceEqual(encoded.Ids), $"seed {seed}, round {round}: {RandomText.Hex(text)}");
        }
    }

    [Fact]
    public void Encode_ManyTextsAtOnce_GivesEachTheIdsThatItHasAlone()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var encoder = CreateSut();
        for (var round = 0; round < 60; round++)
        {
            string[] texts = [.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => random.Next(20) switch
            {
                0 => RandomText.Next(random, most: 2000),
                1 => "zero\0byte",
                2 => "\0",
                3 => "a",
                _ => RandomText.Next(random, most: 12),
            })];
            var encoded = new EncodedText[texts.Length];

            encoder.Encode(texts, encoded);

            for (var index = 0; index < texts.Length; index++)
            {
                var alone = encoder.Encode(texts[index]);
                Assert.True(alone.Ids.SequenceEqual(encoded[index].Ids), $"seed {seed}, round {round}: {RandomText.Hex(texts[index])}");
                Assert.Equal((alone.Total, alone.Truncation), (encoded[index].Total, encoded[index].Truncation));
                alone.Release();
                encoded[index].Release();
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private TextEncoder CreateSut() =>
        new(TokenizerFiles.Read(_folder.Path), new TruncationRule(TruncationStrategy.Head, 4096, 1), exactCountChars: 1 << 20);
}
