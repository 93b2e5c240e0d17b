using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;

namespace ValueImprint.Inference.Tests.Scheduling;

public sealed class LengthSortedRoundTests
{
    private static readonly LaneQueue Lane = new(LanePriority.Bulk);

    [Fact]
    public void Pack_RandomRounds_KeepsEveryLimitAndLosesNothing()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var limits = new BatchLimits(1 + random.Next(40), 8 + random.Next(2000), 3 + random.Next(300));
            var texts = Enumerable.Range(0, random.Next(200)).Select(_ => Text(1 + random.Next(limits.MaxTokens))).ToList();

            List<TextBatch> batches = [];

            LengthSortedRound.Pack([.. texts], limits, new TextBatches(), batches);

            Assert.Equal(texts.ToHashSet(), batches.SelectMany(static batch => batch.Texts).ToHashSet());
            Assert.Equal(texts.Count, batches.Sum(static batch => batch.Texts.Count));
            Assert.All(batches, batch =>
            {
                Assert.True(batch.Texts.Count <= limits.Texts, $"seed {seed}");
                Assert.True(batch.Texts.Count == 1 || batch.Texts.Count * batch.PaddedLength <= limits.Tokens, $"seed {seed}");
                Assert.True(batch.PaddedLength <= limits.MaxTokens, $"seed {seed}");
                Assert.All(batch.Texts, text => Assert.Equal(PaddedLength.Of(text.Kept, limits.MaxTokens), batch.PaddedLength));
            });
        }
    }

    [Fact]
    public void Pack_MixedLengths_ShortestFirstInOrderOfArrival()
    {
        PendingText[] texts = [Text(30), Text(5), Text(29), Text(8), Text(17)];

        List<TextBatch> batches = [];

        LengthSortedRound.Pack([.. texts], new BatchLimits(8, 1024, 64), new TextBatches(), batches);

        Assert.Equal([8, 24, 32], batches.Select(static batch => batch.PaddedLength));
        Assert.Equal([texts[1], texts[3]], batches[0].Texts);
        Assert.Equal([texts[0], texts[2]], batches[2].Texts);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(250, 250)]
    [InlineData(249, 250)]
    public void PaddedLength_Tokens_IsNextMultipleOfEightUpToLimit(int tokens, int expected) =>
        Assert.Equal(expected, PaddedLength.Of(tokens, 250));

    private static PendingText Text(int tokens)
    {
        var text = new PendingText("x", default, Lane, 0);
        text.SetEncoded(CharacterTokenizer.CreateEncoder().Encode(new string('x', tokens)), TimeSpan.Zero);
        return text;
    }
}
