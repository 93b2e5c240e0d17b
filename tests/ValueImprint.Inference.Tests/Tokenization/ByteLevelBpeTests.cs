using ValueImprint.Core.Audit;
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

    // Words beyond the length from which on another way of merging is taken.
    [Fact]
    public void Encode_RandomLongWords_GivesIdsOfReference()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var encoder = CreateSut();
        for (var round = 0; round < 200; round++)
        {
            var letters = random.Next(2) == 0 ? "helothr" : "aé日 ";
            var text = string.Concat(Enumerable.Range(0, random.Next(50, 400)).Select(_ => letters[random.Next(letters.Length - random.Next(2))]));

            var encoded = encoder.Encode(text);

            int[] expected = [0, .. NaiveByteLevelBpe.Encode(_folder.Tokenizer, text), 2];
            Assert.True(expected.AsSpan().SequenceEqual(encoded.Ids), $"seed {seed}, round {round}: {RandomText.Hex(text)}");
        }
    }

    [Fact]
    public async Task Encode_OneWordOfAMegabyte_TakesNoTimeToSpeakOf()
    {
        using var encoder = CreateSut();
        var random = new Random(3);
        var text = string.Concat(Enumerable.Range(0, 1 << 20).Select(_ => "helothr"[random.Next(7)]));

        var encoded = await Task.Run(() => encoder.Encode(text)).Soon();

        Assert.InRange(encoded.Total, 1 << 17, 1 << 20);
    }

    [Theory]
    [InlineData("#version: 0.2\nh e\nabc\n", "line 3")]
    [InlineData("h e\nhe l l\n", "line 2")]
    [InlineData("#version: 0.2\n\n", "holds no merges")]
    [InlineData("", "holds no merges")]
    public void Read_BrokenMerges_SaysWhere(string merges, string expected)
    {
        _folder.Write("merges.txt", merges);

        var exception = Assert.Throws<ModelPackageException>(() => TokenizerFiles.Read(_folder.Path));

        Assert.Contains("merges.txt", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_MergesWithWindowsLineEnds_GivesTheSameIds()
    {
        using var expected = CreateSut();
        _folder.Write("merges.txt", string.Concat(_folder.Tokenizer.Merges.Select(static merge => $"{merge.Left} {merge.Right}\r\n")));
        using var encoder = CreateSut();

        Assert.Equal(expected.Encode("hello there, what people").Ids.ToArray(), encoder.Encode("hello there, what people").Ids.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    private TextEncoder CreateSut() =>
        new(TokenizerFiles.Read(_folder.Path), new TruncationRule(TruncationStrategy.Head, 4096, 1), exactCountChars: 1 << 20);
}
