using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;

namespace ValueImprint.Inference.Tests.Scheduling;

public sealed class PendingTextsTests
{
    private static readonly LaneQueue Lane = new(LanePriority.Bulk);
    private static readonly TextOutcome Done = new() { Top = 3 };

    [Fact]
    public async Task Begin_CallerAndEngineAreDone_ServesTheNextText()
    {
        var sut = CreateSut();
        var first = sut.Begin("first", default, Lane, 1);
        first.SetEncoded(CharacterTokenizer.CreateEncoder().Encode("first"), TimeSpan.FromSeconds(1));
        var outcome = first.Outcome;
        first.TryComplete(Done);
        await outcome;
        first.Release();

        var second = sut.Begin("another one", new TextOptions(0.5f), Lane, 2);

        Assert.Same(first, second);
        Assert.Equal(("another one", 0.5f, 2), (second.Text, second.Options.AbstainBelow, second.Arrived));
        Assert.Equal((false, 0, TimeSpan.Zero), (second.IsDone, second.Kept, second.TokenizeTime));
        Assert.Equal(PendingText.CostOf("another one"), second.Cost);
        Assert.True(second.Encoded.Ids.IsEmpty);
        Assert.False(second.Outcome.IsCompleted);
    }

    [Fact]
    public async Task Begin_EngineIsNotDone_ServesNoOther()
    {
        var sut = CreateSut();
        var first = sut.Begin("first", default, Lane, 1);
        var outcome = first.Outcome;
        first.TryComplete(Done);

        await outcome;

        Assert.NotSame(first, sut.Begin("second", default, Lane, 2));
    }

    [Fact]
    public async Task Begin_CallerHasNotTakenTheOutcome_ServesNoOther()
    {
        var sut = CreateSut();
        var first = sut.Begin("first", default, Lane, 1);
        var outcome = first.Outcome;
        first.TryComplete(Done);

        first.Release();

        Assert.NotSame(first, sut.Begin("second", default, Lane, 2));
        Assert.Same(Done, await outcome);
    }

    [Fact]
    public async Task Outcome_TakenAgainWhenAnotherTextIsServed_Throws()
    {
        var sut = CreateSut();
        var first = sut.Begin("first", default, Lane, 1);
        var outcome = first.Outcome;
        first.TryComplete(Done);
        await outcome;
        first.Release();
        sut.Begin("second", default, Lane, 2).TryComplete(new TextOutcome());

        Assert.Throws<InvalidOperationException>(() => outcome.GetAwaiter().GetResult());
    }

    [Fact]
    public async Task Begin_TextWasCancelled_ServesNoOther()
    {
        var sut = CreateSut();
        using var cancellation = new CancellationTokenSource();
        var first = sut.Begin("first", default, Lane, 1);
        var outcome = first.Outcome;
        first.CancelWith(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => outcome.AsTask());
        first.Release();
        Assert.Equal(0, sut.Count);
    }

    [Fact]
    public async Task TryComplete_TokenIsCancelledLater_HitsNobody()
    {
        var sut = CreateSut();
        using var cancellation = new CancellationTokenSource();
        var first = sut.Begin("first", default, Lane, 1);
        var outcome = first.Outcome;
        first.CancelWith(cancellation.Token);
        first.TryComplete(Done);
        await outcome;
        first.Release();
        var second = sut.Begin("second", default, Lane, 2);

        await cancellation.CancelAsync();

        Assert.Same(first, second);
        Assert.False(second.IsDone);
    }

    [Fact]
    public async Task Return_MoreThanMost_KeepsMost()
    {
        var sut = CreateSut();
        var texts = Enumerable.Range(0, 5).Select(index => sut.Begin("x", default, Lane, index)).ToArray();

        foreach (var text in texts)
        {
            var outcome = text.Outcome;
            text.TryComplete(Done);
            await outcome;
            text.Release();
        }

        Assert.Equal(2, sut.Count);
    }

    private static PendingTexts CreateSut() => new(most: 2, static (_, _) => { });
}
