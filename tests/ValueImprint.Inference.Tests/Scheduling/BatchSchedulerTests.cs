using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Scheduling;

/// <summary>The scheduler with its real threads around a fake model.</summary>
public sealed class BatchSchedulerTests
{
    [Fact]
    public async Task Outcomes_ManyLanesAtOnce_EachTextItsOwn()
    {
        await using var sut = new Rig();
        var seed = Environment.TickCount;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            using var lane = sut.Open(caller % 2 == 0 ? LanePriority.Bulk : LanePriority.Interactive);
            var pending = new Queue<(char First, ValueTask<TextOutcome> Outcome)>();
            for (var count = 0; count < 500; count++)
            {
                var first = (char)('a' + random.Next(26));
                pending.Enqueue((first, await lane.EnqueueAsync(first + new string('x', random.Next(60)), default)));
                while (pending.Count > 20)
                {
                    await Check(pending.Dequeue());
                }
            }

            while (pending.TryDequeue(out var last))
            {
                await Check(last);
            }
        }))).Soon();

        Assert.Equal(0, sut.Scheduler.Held);
        Assert.All(sut.Executor.Runs, run => Assert.True(run.Rows == 1 || run.Rows * run.PaddedLength <= Rig.Tokens, $"seed {seed}"));

        static async Task Check((char First, ValueTask<TextOutcome> Outcome) text)
        {
            var outcome = await text.Outcome.Soon();
            Assert.Null(outcome.Fault);
            Assert.Equal(text.First, FirstOf(outcome));
        }
    }

    [Fact]
    public async Task Outcomes_EveryThirdCancelledMidway_NoOtherIsHitAndNoneIsMixedUp()
    {
        await using var sut = new Rig();
        var seed = Environment.TickCount;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            using var lane = sut.Open(caller % 2 == 0 ? LanePriority.Bulk : LanePriority.Interactive);
            for (var round = 0; round < 300; round++)
            {
                using var cancellation = new CancellationTokenSource();
                var pending = new List<(char First, bool IsCancelled, Task<TextOutcome> Outcome)>();
                for (var count = 0; count < 6; count++)
                {
                    var first = (char)('a' + random.Next(26));
                    var isCancelled = count % 3 == 0;
                    var text = first + new string('x', random.Next(30));
                    pending.Add((first, isCancelled, (await lane.EnqueueAsync(text, default, isCancelled ? cancellation.Token : default)).AsTask()));
                }

                // Beside the batches that run, and those that end.
                var cancelling = Task.Run(cancellation.Cancel);
                foreach (var (first, isCancelled, outcome) in pending)
                {
                    try
                    {
                        Assert.Equal(first, FirstOf(await outcome.Soon()));
                    }
                    catch (OperationCanceledException) when (isCancelled)
                    {
                    }
                }

                await cancelling.Soon();
            }
        }))).Soon();

        await sut.Scheduler.DrainAsync().Soon();
        Assert.Equal(0, sut.Scheduler.Held);
        Assert.InRange(sut.Texts.Count, 1, 64);
    }

    [Fact]
    public async Task Outcomes_OnePoisonRowInABatch_FailsAlone()
    {
        await using var sut = new Rig();
        using var lane = sut.Open(LanePriority.Bulk);
        sut.Pause();
        var pending = new List<Task<TextOutcome>>();
        for (var count = 0; count < 16; count++)
        {
            pending.Add((await lane.EnqueueAsync(count == 11 ? "!xxxx" : "axxxx", default)).AsTask());
        }

        sut.Resume();
        var outcomes = await Task.WhenAll(pending).Soon();

        Assert.Equal(TextFaultKind.Failed, outcomes[11].Fault!.Kind);
        Assert.All(outcomes.Where((_, index) => index != 11), static outcome => Assert.Null(outcome.Fault));
        Assert.DoesNotContain("xxxx", outcomes[11].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_CancelledWhileQueued_EndAtOnceAndCostNothing()
    {
        await using var sut = new Rig();
        using var lane = sut.Open(LanePriority.Interactive);
        sut.Pause();
        Assert.True(lane.TryEnqueue("b", default, default, out var running));
        await sut.Paused.Soon();
        using var cancellation = new CancellationTokenSource();
        Assert.True(lane.TryEnqueue("axxxxxxxxxxxxxxxx", default, cancellation.Token, out var queued));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued.AsTask()).Soon();
        sut.Resume();
        await running.Soon();
        await sut.Scheduler.DrainAsync().Soon();
        Assert.Equal([(1, 8)], sut.Executor.Runs);
    }

    [Fact]
    public async Task Outcomes_WaitedTooLong_Expire()
    {
        await using var sut = new Rig();
        using var lane = sut.Open(LanePriority.Bulk);
        sut.Pause();
        var running = await lane.EnqueueAsync("b", default);
        await sut.Paused.Soon();
        var queued = await lane.EnqueueAsync("a", default);

        sut.Clock.Advance(Rig.MaxWait + TimeSpan.FromSeconds(1));
        sut.Resume();

        Assert.Equal(TextFaultKind.Expired, (await queued.Soon()).Fault!.Kind);
        Assert.Null((await running.Soon()).Fault);
    }

    [Fact]
    public async Task TryEnqueue_InteractiveDuringBulk_RunsNext()
    {
        await using var sut = new Rig();
        using var bulk = sut.Open(LanePriority.Bulk);
        using var interactive = sut.Open(LanePriority.Interactive);
        sut.Pause();
        var order = new ConcurrentQueue<string>();
        var running = Note(await bulk.EnqueueAsync("a", default), "running");
        await sut.Paused.Soon();
        var waiting = new List<Task>();
        for (var count = 0; count < 30; count++)
        {
            waiting.Add(Note(await bulk.EnqueueAsync("c" + new string('x', count), default).Soon(), "bulk"));
        }

        Assert.True(interactive.TryEnqueue("d", default, default, out var outcome));
        var asked = Note(outcome, "interactive");

        // One batch at a time: whoever runs ends before the next begins.
        sut.Step();
        await running.Soon();
        sut.Step();
        await asked.Soon();
        Assert.DoesNotContain("bulk", order);
        sut.Resume();
        await Task.WhenAll(waiting).Soon();

        async Task Note(ValueTask<TextOutcome> text, string name)
        {
            await text;
            order.Enqueue(name);
        }
    }

    [Fact]
    public async Task EnqueueAsync_QueueIsFull_WaitsForRoomAndCanBeCancelled()
    {
        await using var sut = new Rig();
        using var lane = sut.Open(LanePriority.Bulk);
        sut.Pause();
        var taken = new List<Task<TextOutcome>>();
        ValueTask<ValueTask<TextOutcome>> waiter;
        while (true)
        {
            waiter = lane.EnqueueAsync("a", default);
            if (!waiter.IsCompleted)
            {
                break;
            }

            taken.Add((await waiter).AsTask());
        }

        using var cancellation = new CancellationTokenSource();
        var second = lane.EnqueueAsync("a", default, cancellation.Token);
        Assert.Equal(48, taken.Count);
        Assert.False(lane.TryEnqueue("a", default, default, out _));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.AsTask()).Soon();
        sut.Resume();
        Assert.Null((await (await waiter.Soon()).Soon()).Fault);
        await Task.WhenAll(taken).Soon();
    }

    [Fact]
    public async Task Close_LaneWithWaitingTexts_CancelsThemAndFreesTheirPlaces()
    {
        await using var sut = new Rig();
        var lane = sut.Open(LanePriority.Bulk);
        sut.Pause();
        var running = await lane.EnqueueAsync("a", default);
        await sut.Paused.Soon();
        using var other = sut.Open(LanePriority.Interactive);
        using var closing = sut.Open(LanePriority.Interactive);
        Assert.True(closing.TryEnqueue("a", default, default, out var waiting));

        closing.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.AsTask()).Soon();
        Assert.Equal(1, sut.Scheduler.Held);
        sut.Resume();
        Assert.Null((await running.Soon()).Fault);
        Assert.Throws<ObjectDisposedException>(() => closing.TryEnqueue("a", default, default, out _));
        lane.Dispose();
    }

    [Fact]
    public async Task Drain_WithWaitingTexts_FinishesThemAndRefusesOthers()
    {
        await using var sut = new Rig();
        using var lane = sut.Open(LanePriority.Bulk);
        sut.Pause();
        var first = await lane.EnqueueAsync("a", default);
        var second = await lane.EnqueueAsync("b", default);

        var drained = sut.Scheduler.DrainAsync();

        Assert.Throws<EngineStoppingException>(() => lane.TryEnqueue("a", default, default, out _));
        Assert.False(drained.IsCompleted);
        sut.Resume();
        Assert.Null((await first.Soon()).Fault);
        Assert.Null((await second.Soon()).Fault);
        await drained.Soon();
    }

    [Fact]
    public async Task Stop_WithWaitingTexts_CancelsThem()
    {
        var sut = new Rig();
        using var lane = sut.Open(LanePriority.Bulk);
        sut.Pause();
        var running = await lane.EnqueueAsync("a", default);
        await sut.Paused.Soon();
        var waiting = await lane.EnqueueAsync("b", default);

        sut.Scheduler.Stop();
        sut.Resume();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.AsTask()).Soon();
        Assert.Null((await running.Soon()).Fault);
        await sut.DisposeAsync();
        Assert.Equal(0, sut.Scheduler.Held);
    }

    private static char FirstOf(TextOutcome outcome) => (char)Math.Round(Math.Log(outcome.Scores.Span[0] / outcome.Scores.Span[1]) * Rig.Temperature);

    /// <summary>Scheduler, encoder and dispatcher around <see cref="FakeExecutor"/>, whose runs can be held up.</summary>
    private sealed class Rig : IAsyncDisposable
    {
        public const int Tokens = 256;
        public const double Temperature = 10;
        public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

        private readonly SemaphoreSlim _steps = new(0);
        private readonly EngineMetrics _metrics = new("test");
        private readonly TextAdmission _admission;
        private readonly Task _threads;
        private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isPaused;

        public Rig()
        {
            Scheduler = new BatchScheduler(new QueueRoom(64, 64), new BatchLimits(16, Tokens, 64), roundTexts: 32, MaxWait, Clock);
            Executor.Before = () =>
            {
                if (_isPaused)
                {
                    _paused.TrySetResult();
                    Assert.True(_steps.Wait(TimeSpan.FromSeconds(60)));
                }
            };
            var reader = new OutcomeReader(Description, [0, 1], stance: null);
            var runner = new BatchRunner(Executor, reader, Scheduler, _metrics, Clock, NullLogger.Instance);
            Texts = new PendingTexts(most: 64, (_, outcome) => _metrics.Ended(outcome));
            var encoder = new BulkEncoder(Scheduler, CharacterTokenizer.CreateEncoder(), threads: 2, Clock);
            _admission = new TextAdmission(Scheduler, encoder, lone: null, _metrics, Texts, 1 << 20, Clock);
            _threads = Task.WhenAll(new EngineThread("dispatcher", runner.Loop).Ended, new EngineThread("tokenizer", encoder.Loop).Ended);
        }

        public ManualClock Clock { get; } = new();

        public FakeExecutor Executor { get; } = new();

        public BatchScheduler Scheduler { get; }

        public PendingTexts Texts { get; }

        /// <summary>Ends when a batch is held up.</summary>
        public Task Paused => _paused.Task;

        private static ModelDescription Description => new()
        {
            Name = "test", Version = "", ContentHash = "", TokenizerHash = "", Taxonomy = ValueTaxonomy.BuiltIn, IsTaxonomyAdHoc = false,
            ProblemType = ProblemType.SingleLabel, Variant = "fp32", MaxTokens = 64, Truncation = TruncationStrategy.Head, HeadShare = 0.5,
            Temperature = Temperature, AbstainBelow = 0, DecisionThreshold = 0.5, HasStance = false, License = "", Confusion = [],
        };

        public EngineLane Open(LanePriority priority) => new(priority, Scheduler, _admission, static () => { });

        public void Pause() => _isPaused = true;

        public void Step() => _steps.Release();

        public void Resume()
        {
            _isPaused = false;
            _steps.Release(1000);
        }

        public async ValueTask DisposeAsync()
        {
            Scheduler.Stop();
            Resume();
            await _threads.Soon();
            _metrics.Dispose();
        }
    }
}
