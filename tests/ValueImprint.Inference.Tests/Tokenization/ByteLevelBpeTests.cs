using ValueImprint.Inference.Models;
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
        var encoder = CreateSut();

        var encoded = encoder.Encode(text);

        Assert.Equal([0, .. NaiveByteLevelBpe.Encode(_folder.Tokenizer, text), 2], encoded.Ids.ToArray());
    }

    [Fact]
    public void Encode_RandomTexts_GivesIdsOfReference()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var encoder = CreateSut();
        for (var round = 0; round < 3000; round++)
        {
            var text = RandomText.Next(random, most: 12);

            var encoded = encoder.Encode(text);

            int[] expected = [0, .. NaiveByteLevelBpe.Encode(_folder.Tokenizer, text), 2];
            Assert.True(expected.AsSpan().SequenceEqual(encoded.Ids), $"seed {seed}, round {round}: {RandomText.Hex(text)}");
        }
    }

    [Fact]
    public void Encode_GiantWord_TakesNoTimeThatGrowsWithItsSquare()
    {
        var encoder = CreateSut();

        var encoded = encoder.Encode(new string('x', 1 << 20));

        Assert.InRange(encoded.Total, 1 << 16, (1 << 20) + 2);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Read_MergesCutOff_NamesTheFileAndATokenThatNothingYields(double share)
    {
        var file = Path.Combine(_folder.Path, "merges.txt");
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(file, lines[..(int)(lines.Length * share)]);

        var exception = Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(_folder.Path));

        Assert.Contains("merges.txt: yields none of", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MergesCutWithinALine_NamesTheFile()
    {
        var file = Path.Combine(_folder.Path, "merges.txt");
        File.WriteAllText(file, File.ReadAllText(file)[..500]);

        Assert.Contains("merges.txt: ", Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private TextEncoder CreateSut() => TokenizerFolder.Encoder(_folder.Path);
}
