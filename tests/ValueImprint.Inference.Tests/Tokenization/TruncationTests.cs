using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

public sealed class TruncationTests : IDisposable
{
    private readonly PackageFolder _folder = new();

    [Theory]
    [InlineData(TruncationStrategy.Head, 0.5, 7, 0)]
    [InlineData(TruncationStrategy.Tail, 0.5, 0, 7)]
    [InlineData(TruncationStrategy.HeadTail, 0.5, 4, 3)]
    [InlineData(TruncationStrategy.HeadTail, 0.25, 2, 5)]
    [InlineData(TruncationStrategy.HeadTail, 0, 0, 7)]
    [InlineData(TruncationStrategy.HeadTail, 1, 7, 0)]
    public void Encode_TooLong_KeepsTheEndsAskedFor(TruncationStrategy strategy, double share, int head, int tail)
    {
        var sut = Create(new TruncationRule(strategy, 7, share));
        const string text = "the quick brown fox, and the lazy dog: hello world";
        var whole = NaiveByteLevelBpe.Encode(_folder.Tokenizer, text);

        var encoded = sut.Encode(text);

        Assert.Equal([0, .. whole[..head], .. whole[^tail..], 2], encoded.Ids.ToArray());
        Assert.Equal((9, whole.Length + 2, (TruncationStrategy?)strategy, false), (encoded.Kept, encoded.Total, encoded.Truncation, encoded.IsTotalEstimated));
    }

    [Fact]
    public void Encode_ExactlyFits_IsNotTruncated()
    {
        const string text = "hello world, hello";
        var whole = NaiveByteLevelBpe.Encode(_folder.Tokenizer, text);
        var sut = Create(new TruncationRule(TruncationStrategy.HeadTail, whole.Length, 0.5));

        var encoded = sut.Encode(text);

        Assert.Null(encoded.Truncation);
        Assert.Equal(encoded.Total, encoded.Kept);
    }

    [Theory]
    [InlineData(TruncationStrategy.Head)]
    [InlineData(TruncationStrategy.Tail)]
    [InlineData(TruncationStrategy.HeadTail)]
    public void Encode_LongerThanCounted_KeepsTheSameAndEstimatesTheCount(TruncationStrategy strategy)
    {
        var random = new Random(3);
        string[] words = ["hello", " the", " justice", ", and", ".\n\nHuman:", " 日本", " 👍", " don't", "  spaced"];
        var text = string.Concat(Enumerable.Range(0, 4000).Select(_ => words[random.Next(words.Length)]));
        var rule = new TruncationRule(strategy, 100, 0.5);
        var exact = Create(rule, exactCountChars: 1 << 20);
        var bounded = Create(rule, exactCountChars: 2048);

        var whole = exact.Encode(text);
        var ends = bounded.Encode(text);

        Assert.Equal(whole.Ids.ToArray(), ends.Ids.ToArray());
        Assert.True(ends.IsTotalEstimated);
        Assert.InRange(ends.Total, whole.Total * 0.9, whole.Total * 1.1);
    }

    [Fact]
    public void Encode_LongWithoutSpaces_IsCountedWhole()
    {
        var text = new string('=', 5000);
        var sut = Create(new TruncationRule(TruncationStrategy.HeadTail, 100, 0.5), exactCountChars: 2048);

        var encoded = sut.Encode(text);

        Assert.False(encoded.IsTotalEstimated);
        Assert.Equal(NaiveByteLevelBpe.Encode(_folder.Tokenizer, text).Length + 2, encoded.Total);
    }

    public void Dispose() => _folder.Dispose();

    private TextEncoder Create(TruncationRule rule, int exactCountChars = 32768) =>
        new(PackageTokenizer.Read(_folder.Path), rule, exactCountChars);
}
