using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Tests.Scheduling;

public sealed class TextBatchesTests
{
    private static readonly LaneQueue Lane = new(LanePriority.Bulk);

    [Fact]
    public void Begin_AfterReturn_HoldsTheNewTextsAlone()
    {
        var sut = new TextBatches();
        var first = sut.Begin([Text(), Text(), Text()], 8);
        sut.Return(first);
        PendingText[] texts = [Text(), Text()];

        var second = sut.Begin(texts, 16);

        Assert.Same(first, second);
        Assert.Equal(texts, second.Texts);
        Assert.Equal(16, second.PaddedLength);
    }

    [Fact]
    public void Return_Batch_LetsGoOfItsTexts()
    {
        var sut = new TextBatches();
        var batch = sut.Begin([Text(), Text(), Text()], 8);
        var held = batch.Texts;

        sut.Return(batch);

        Assert.Equal(0, batch.Texts.Count);
        Assert.All(held.Array!, static text => Assert.Null(text));
    }

    [Fact]
    public void Begin_NoneReturned_GivesEachItsOwn()
    {
        var sut = new TextBatches();

        var first = sut.Begin([Text()], 8);

        Assert.NotSame(first, sut.Begin([Text()], 8));
        Assert.Single(first.Texts);
    }

    private static PendingText Text() => new("x", default, Lane, 0);
}
