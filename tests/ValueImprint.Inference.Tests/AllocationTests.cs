using Microsoft.Extensions.Logging.Abstractions;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests;

/// <summary>What a text costs in managed memory on its way through the engine, stage by stage, once the pools are filled.</summary>
public sealed class AllocationTests : IDisposable
{
    private readonly PackageFolder _folder = new(TinyGraphs.Bag(ByteLevelVocabulary.English.Vocabulary.Count, 7, hasStance: true));

    [Fact]
    public void Encode_Text_MakesTheLibrarysListOfIdsAndLittleElse()
    {
        var encoder = new TextEncoder(_folder.Load().Tokenizer, new TruncationRule(TruncationStrategy.HeadTail, 30, 0.5), exactCountChars: 32768);

        Assert.InRange(BytesOf(() => encoder.Encode("Human: hello world, what is it?\n\nAssistant: hello, I don't know 日本 👍").Release()), 0, 1500);
    }

    [Fact]
    public void Execute_ShapeSeenBefore_MakesNothing()
    {
        var package = _folder.Load();
        using var sessions = SessionFactory.Open(package, new EngineOptions { Device = ExecutionDevice.Cpu }, NullLogger.Instance);
        using var executor = new OnnxBatchExecutor(sessions, package.Tokenizer, new BatchLimits(8, 256, 64), minRows: 1);
        var texts = Enumerable.Range(0, 4).Select(seed => SyntheticText.Create(package.Tokenizer, seed, 12)).ToArray();
        var logits = new LogitBuffer(8, 7, sessions.Beside.StanceCount);

        Assert.Equal(0, BytesOf(() => executor.Execute(texts, 16, logits)));
    }

    [Fact]
    public void Begin_AfterAnother_MakesNothing()
    {
        var lane = new LaneQueue(LanePriority.Bulk);
        var texts = new PendingTexts(most: 1, static (_, _) => { });
        var done = new TextOutcome();
        using var cancellation = new CancellationTokenSource();

        Assert.Equal(0, BytesOf(() =>
        {
            var text = texts.Begin("x", default, lane, 0);
            var outcome = text.Outcome;
            text.CancelWith(cancellation.Token);
            text.TryComplete(done);
            Assert.Same(done, outcome.GetAwaiter().GetResult());
            text.Release();
        }));
    }

    [Fact]
    public void Read_Row_MakesAnOutcomeAndItsScores()
    {
        var package = _folder.Load();
        var reader = new OutcomeReader(package.Description, package.Labels.LogitOfValue, package.Stance);
        var logits = new LogitBuffer(1, reader.LabelCount, reader.StanceCount);
        var text = SyntheticText.Create(package.Tokenizer, 0, 12);
        var scores = new ScoreBlocks(reader.LabelCount);

        Assert.InRange(BytesOf(() => reader.Read(text, logits, 0, scores.Next(), default)), 1, 145);
    }

    public void Dispose() => _folder.Dispose();

    // A call's bytes, once all has been there before. On this thread alone, so that other tests don't count.
    private static double BytesOf(Action call)
    {
        const int calls = 2000;
        for (var warm = 0; warm < 200; warm++)
        {
            call();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < calls; index++)
        {
            call();
        }

        // Another thread may have emptied a pool that both share, once or twice.
        return Math.Round((GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls);
    }
}
