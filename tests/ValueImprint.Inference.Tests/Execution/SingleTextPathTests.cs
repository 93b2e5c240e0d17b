using Microsoft.Extensions.Logging.Abstractions;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;

namespace ValueImprint.Inference.Tests.Execution;

public sealed class SingleTextPathTests : IDisposable
{
    private readonly EngineMetrics _metrics = new("test");
    private readonly FakeExecutor _executor = new();
    private readonly BatchScheduler _scheduler;
    private readonly SingleTextPath _sut;
    private readonly LaneQueue _lane = new(LanePriority.Interactive);

    public SingleTextPathTests()
    {
        var clock = new ManualClock();
        _scheduler = new BatchScheduler(new QueueRoom(64, 64), new BatchLimits(16, 256, 64), roundTexts: 32, TimeSpan.FromMinutes(1), clock);
        var model = new ModelDescription
        {
            Name = "test", Version = "", ContentHash = "", TokenizerHash = "", Taxonomy = ValueTaxonomy.BuiltIn, IsTaxonomyAdHoc = false,
            ProblemType = ProblemType.SingleLabel, Variant = "fp32", MaxTokens = 64, Truncation = TruncationStrategy.Head, HeadShare = 0.5,
            Temperature = 1, AbstainBelow = 0, DecisionThreshold = 0.5, HasStance = false, License = "", Confusion = [],
        };
        var reader = new OutcomeReader(model, [0, 1], stance: null);
        _sut = new SingleTextPath(new BatchRunner(_executor, reader, _scheduler, _metrics, clock, NullLogger.Instance), _scheduler);
    }

    [Fact]
    public async Task TryRun_TheOnlyText_IsAnsweredAndHasLeft()
    {
        var text = Admit("a 13 chars'll");

        Assert.True(_sut.TryRun(text));

        Assert.True(text.Outcome.IsCompleted);
        Assert.Null((await text.Outcome).Fault);
        Assert.Equal([(1, 16)], _executor.Runs);
        Assert.Equal(0, _scheduler.Held);
    }

    [Fact]
    public void TryRun_AnotherTextInTheEngine_LeavesItToTheQueue()
    {
        var text = Admit("a");
        Admit("b");

        Assert.False(_sut.TryRun(text));

        Assert.False(text.IsDone);
        Assert.Empty(_executor.Runs);
        Assert.Equal(2, _scheduler.Held);
    }

    [Fact]
    public void TryRun_WhileItRunsOne_LeavesTheSecondToTheQueue()
    {
        var isSecondRun = true;
        _executor.Before = () => isSecondRun = _sut.TryRun(Admit("b"));

        Assert.True(_sut.TryRun(Admit("a")));

        Assert.False(isSecondRun);
        Assert.Single(_executor.Runs);
        Assert.Equal(1, _scheduler.Held);
    }

    [Fact]
    public void TryRun_StoppedOrClosed_RunsNothing()
    {
        var text = Admit("a");
        _scheduler.Close(_lane);
        Assert.False(_sut.TryRun(text));

        _scheduler.Stop();
        Assert.False(_sut.TryRun(text));
        Assert.Empty(_executor.Runs);
    }

    [Fact]
    public async Task TryRun_PoisonousText_FailsAndTheNextOneRuns()
    {
        var poisonous = Admit("!x");
        Assert.True(_sut.TryRun(poisonous));
        var next = Admit("a");
        Assert.True(_sut.TryRun(next));

        Assert.Equal(TextFaultKind.Failed, (await poisonous.Outcome).Fault!.Kind);
        Assert.Null((await next.Outcome).Fault);
        Assert.Equal(0, _scheduler.Held);
    }

    [Fact]
    public async Task TryRun_CancelledMeanwhile_IsCancelledAndHasLeft()
    {
        using var cancellation = new CancellationTokenSource();
        var text = Admit("a");
        text.CancelWith(cancellation.Token);
        _executor.Before = cancellation.Cancel;

        Assert.True(_sut.TryRun(text));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await text.Outcome);
        Assert.Equal(0, _scheduler.Held);
    }

    public void Dispose() => _metrics.Dispose();

    private PendingText Admit(string content)
    {
        Assert.True(_scheduler.TryTakePlace(_lane));
        var text = new PendingText(content, default, _lane, 0);
        text.SetEncoded(CharacterTokenizer.CreateEncoder().Encode(content), TimeSpan.Zero);
        return text;
    }
}
