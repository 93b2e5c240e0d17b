using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Scheduling;

/// <summary>What the scheduler makes of the lengths that real dialogues have.</summary>
public sealed class RealLengthsTests
{
    private const int MaxTokens = 256;
    private const int RoundTexts = 512;
    private static readonly BatchLimits Limits = new(Texts: 128, Tokens: 2048, MaxTokens);

    [Fact]
    public void Pack_RoundsOfRealDialogues_PadLittleAndFillBatches()
    {
        List<TextBatch> batches = [];
        foreach (var round in Encode(Fixture.Dialogues(most: 4 * RoundTexts)).Chunk(RoundTexts))
        {
            LengthSortedRound.Pack([.. round], Limits, new TextBatches(), batches);
        }

        var computed = batches.Sum(static batch => batch.Texts.Count * batch.PaddedLength);
        var tokens = batches.Sum(static batch => batch.Texts.Sum(static text => text.Kept));
        Assert.Equal(4 * RoundTexts, batches.Sum(static batch => batch.Texts.Count));
        Assert.InRange(computed - tokens, 0, computed * 0.05);
        Assert.True(computed / (double)batches.Count > Limits.Tokens * 0.5, $"{computed / batches.Count} tokens a batch");
    }

    private static IEnumerable<PendingText> Encode(IEnumerable<string> texts)
    {
        using var folder = new PackageFolder();
        var package = Directory.Exists(ModelPackage.DefaultFolder) ? ModelPackage.DefaultFolder : folder.Path;
        var encoder = new TextEncoder(
            PackageTokenizer.Read(package), new TruncationRule(TruncationStrategy.HeadTail, MaxTokens - 2, 0.5), exactCountChars: 32768);
        var lane = new LaneQueue(LanePriority.Bulk);
        foreach (var text in texts)
        {
            var pending = new PendingText(text, default, lane, 0);
            pending.SetEncoded(encoder.Encode(text), TimeSpan.Zero);
            yield return pending;
        }
    }
}
