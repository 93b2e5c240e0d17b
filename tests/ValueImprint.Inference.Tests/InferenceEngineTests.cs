using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests;

public sealed class InferenceEngineTests
{
    private static readonly EngineOptions Options = new() { Device = ExecutionDevice.Cpu, IntraOpThreads = 1, BatchTokens = 1024 };

    [Theory]
    [InlineData(LanePriority.Interactive)]
    [InlineData(LanePriority.Bulk)]
    public async Task TryEnqueue_Text_IsClassified(LanePriority priority)
    {
        using var folder = new PackageFolder();
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options);
        using var lane = engine.OpenLane(priority);

        var outcome = await Classify(lane, "hello world");

        Assert.Null(outcome.Fault);
        Assert.Equal(7, outcome.Scores.Length);
        Assert.Equal(1, outcome.Scores.ToArray().Sum(), 5);
        Assert.Equal(outcome.Scores.ToArray().Max(), outcome.Scores.Span[outcome.Top]);
        Assert.Equal([outcome.Top], outcome.Values.ToArray());
        Assert.Null(outcome.Truncation);
        Assert.Equal(outcome.Tokens, outcome.KeptTokens);
        Assert.Equal("CPUExecutionProvider", engine.Model.ExecutionProvider);
    }

    [Fact]
    public async Task TryRun_EngineIsIdle_AnswersBeforeItReturnsWhatTheQueueAnswers()
    {
        using var folder = new PackageFolder();
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options with { IntraOpThreads = 2 });
        using var lane = engine.OpenLane(LanePriority.Interactive);

        Assert.True(lane.TryRun("hello world", default, default, out var here));
        Assert.True(here.IsCompleted);
        var queued = await Classify(lane, "hello world");

        Assert.Equal(queued.Scores.ToArray(), (await here).Scores.ToArray());
        Assert.Equal(0, engine.QueuedTexts);
    }

    [Fact]
    public async Task TryEnqueue_LabelsInOtherOrder_ScoresAreInTheTaxonomys()
    {
        string[] labels = ["empathy", "civility", "wisdom", "duty", "justice", "information-seeking", "well-being"];
        using var reversed = new PackageFolder(labels: labels);
        using var plain = new PackageFolder();

        var first = await ClassifyOnce(plain, "justice for the people");
        var second = await ClassifyOnce(reversed, "justice for the people");

        Assert.Equal(first.Scores.ToArray().Reverse(), second.Scores.ToArray());
    }

    [Fact]
    public async Task TryEnqueue_MultiLabel_AssignsAllAboveTheThreshold()
    {
        using var folder = new PackageFolder();
        folder.Config["problem_type"] = "multi_label_classification";
        folder.WriteConfig();
        folder.WriteManifest(new { calibration = new { decision_threshold = 0.3 } });

        var outcome = await ClassifyOnce(folder, "hello world");

        var expected = outcome.Scores.ToArray().Select(static (score, value) => (score, value)).Where(static pair => pair.score >= 0.3)
            .OrderByDescending(static pair => pair.score).Select(static pair => pair.value).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, outcome.Values.ToArray());
        Assert.NotEqual(1, outcome.Scores.ToArray().Sum(), 3);
    }

    [Fact]
    public async Task TryEnqueue_MultiLabelWithThresholds_AssignsByEachValuesOwn()
    {
        using var folder = new PackageFolder();
        folder.Config["problem_type"] = "multi_label_classification";
        folder.WriteConfig();
        folder.WriteManifest(new { calibration = new { decision_threshold = 0.0, decision_thresholds = new { justice = 1.0, empathy = 1.0 } } });

        var outcome = await ClassifyOnce(folder, "hello world");

        // Justice (2) and empathy (6) ask for certainty, all others for nothing.
        Assert.Equal([0, 1, 3, 4, 5], outcome.Values.ToArray().Order());
    }

    [Fact]
    public async Task TryEnqueue_StanceHead_GivesAStance()
    {
        using var folder = new PackageFolder(TinyGraphs.Bag(ByteLevelVocabulary.English.Vocabulary.Count, 7, hasStance: true));

        var outcome = await ClassifyOnce(folder, "hello world");

        Assert.NotNull(outcome.Stance);
        Assert.InRange(outcome.StanceScore, 1f / 3, 1);
    }

    [Fact]
    public async Task TryEnqueue_BelowThreshold_Abstains()
    {
        using var folder = new PackageFolder();
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options);
        using var lane = engine.OpenLane(LanePriority.Interactive);

        Assert.True(lane.TryEnqueue("hello", new TextOptions(AbstainBelow: 1), default, out var abstaining));
        Assert.True(lane.TryEnqueue("hello", new TextOptions(AbstainBelow: 0), default, out var deciding));

        var abstained = await abstaining.Soon();
        Assert.True(abstained.Abstained);
        Assert.True(abstained.Values.IsEmpty);
        Assert.False((await deciding.Soon()).Abstained);
        Assert.Throws<ArgumentOutOfRangeException>(() => lane.TryEnqueue("hello", new TextOptions(float.NaN), default, out _));
    }

    [Theory]
    [InlineData("", TextFaultKind.Empty)]
    [InlineData(" \n\t ", TextFaultKind.Empty)]
    [InlineData("ééééééééééé", TextFaultKind.TooLong)]
    [InlineData("twenty-one characters", TextFaultKind.TooLong)]
    public async Task TryEnqueue_UnfitText_IsItsOwnFault(string text, TextFaultKind expected)
    {
        using var folder = new PackageFolder();
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options with { MaxTextBytes = 20 });
        using var lane = engine.OpenLane(LanePriority.Bulk);

        var outcome = await Classify(lane, text);

        Assert.Equal(expected, outcome.Fault!.Kind);
        Assert.Equal(-1, outcome.Top);
        Assert.True(outcome.Scores.IsEmpty);
    }

    [Fact]
    public async Task TryEnqueue_TokenWithoutEmbedding_FailsAloneInItsBatch()
    {
        // The embedding ends before the last token that a text can hold: the runtime fails on any batch with it.
        var vocabulary = ByteLevelVocabulary.English.Vocabulary;
        var (left, right) = ByteLevelVocabulary.English.Merges[^1];
        using var folder = new PackageFolder(TinyGraphs.Bag(vocabulary[left + right], 7));
        var poison = ByteCharacters.Spell(left + right);
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options);
        using var lane = engine.OpenLane(LanePriority.Bulk);

        var pending = Enumerable.Range(0, 40).Select(index => lane.EnqueueAsync(index % 13 == 7 ? poison : "hello world", default).AsTask()).ToArray();
        var outcomes = await Task.WhenAll((await Task.WhenAll(pending).Soon()).Select(static outcome => outcome.AsTask())).Soon();

        for (var index = 0; index < outcomes.Length; index++)
        {
            Assert.Equal(index % 13 == 7 ? TextFaultKind.Failed : null, outcomes[index].Fault?.Kind);
        }
    }

    [Fact]
    public async Task TryEnqueue_NotANumber_IsAFaultAndNeverALabel()
    {
        var vocabulary = ByteLevelVocabulary.English.Vocabulary;
        using var folder = new PackageFolder(TinyGraphs.Bag(vocabulary.Count, 7, hasStance: false, vocabulary["~"]));
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options);
        using var lane = engine.OpenLane(LanePriority.Interactive);

        Assert.Equal(TextFaultKind.Failed, (await Classify(lane, "~")).Fault!.Kind);
        Assert.Null((await Classify(lane, "hello")).Fault);
    }

    [Fact]
    public async Task StartAsync_CudaDemandedWithoutProvider_SaysWhatIsMissing()
    {
        using var folder = new PackageFolder();
        var options = Options with { Device = ExecutionDevice.Cuda, CudaProviderFolder = folder.Path };

        var exception = await Assert.ThrowsAsync<CudaUnavailableException>(() => InferenceEngine.StartAsync(folder.Load(), options)).Soon();

        Assert.Contains("onnxruntime_providers_cuda", exception.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("CudaProviderFolder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_CudaProviderIsGarbage_SaysWhatTheLoaderSaid()
    {
        using var folder = new PackageFolder();
        var name = OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
        folder.Write(name, "not a library");
        var options = Options with { Device = ExecutionDevice.Cuda, CudaProviderFolder = folder.Path };

        var exception = await Assert.ThrowsAsync<CudaUnavailableException>(() => InferenceEngine.StartAsync(folder.Load(), options)).Soon();

        Assert.Contains($"{name} could not be loaded", exception.Message, StringComparison.Ordinal);
        Assert.Contains("cuDNN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_AutoWithoutCuda_FallsBackAndSaysSoOnce()
    {
        using var folder = new PackageFolder();
        using var log = new RecordingLog();

        await using var engine = await InferenceEngine.StartAsync(
            folder.Load(), Options with { Device = ExecutionDevice.Auto, CudaProviderFolder = folder.Path }, log);

        Assert.Equal("CPUExecutionProvider", engine.Model.ExecutionProvider);
        var message = Assert.Single(log.Messages, static message => message.Contains("CUDA", StringComparison.Ordinal));
        Assert.Contains("onnxruntime_providers_cuda", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task StartAsync_OptionOutOfRange_NamesIt(int texts)
    {
        using var folder = new PackageFolder();

        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => InferenceEngine.StartAsync(folder.Load(), Options with { MaxBatchTexts = texts })).Soon();

        Assert.Equal(FormattableString.Invariant($"MaxBatchTexts is {texts}; expected 1 to 4096."), exception.Message);
    }

    [Fact]
    public async Task StartAsync_GraphCache_IsWrittenOnceAndGivesTheSame()
    {
        using var folder = new PackageFolder(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7));
        var cache = Directory.CreateTempSubdirectory("valueimprint-");
        try
        {
            var plain = await ClassifyOnce(folder, "hello world");
            var cached = Options with { GraphCacheFolder = cache.FullName };

            var written = await ClassifyOnce(folder, "hello world", cached);
            var file = Assert.Single(cache.GetFiles());
            var read = await ClassifyOnce(folder, "hello world", cached);
            await File.WriteAllTextAsync(file.FullName, "broken");
            var mended = await ClassifyOnce(folder, "hello world", cached);

            Assert.All([written, read, mended], outcome => Assert.Equal(plain.Scores.ToArray(), outcome.Scores.ToArray()));
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task DrainAsync_Texts_AreFinished()
    {
        using var folder = new PackageFolder();
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), Options);
        using var lane = engine.OpenLane(LanePriority.Bulk);
        var pending = new List<Task<TextOutcome>>();
        for (var count = 0; count < 200; count++)
        {
            pending.Add((await lane.EnqueueAsync("hello", default).Soon()).AsTask());
        }

        await engine.DrainAsync().Soon();

        Assert.All(await Task.WhenAll(pending).Soon(), static outcome => Assert.Null(outcome.Fault));
        Assert.Equal(0, engine.QueuedTexts);
        Assert.Throws<EngineStoppingException>(() => engine.OpenLane(LanePriority.Bulk));
    }

    [Fact]
    public async Task DisposeAsync_CallersAtWork_EndsEveryTextSomehow()
    {
        using var folder = new PackageFolder();
        var engine = await InferenceEngine.StartAsync(folder.Load(), Options);
        using var begun = new CountdownEvent(4);
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            using var lane = engine.OpenLane(caller % 2 == 0 ? LanePriority.Interactive : LanePriority.Bulk);
            var pending = new List<Task<TextOutcome>>();
            try
            {
                while (true)
                {
                    pending.Add((await lane.EnqueueAsync(string.Concat(Enumerable.Repeat("hello the world ", 50)), default)).AsTask());
                    if (pending.Count == 20)
                    {
                        begun.Signal();
                    }
                }
            }
            catch (EngineStoppingException)
            {
                return pending;
            }
        })).ToArray();
        Assert.True(begun.Wait(TimeSpan.FromSeconds(60)));

        await engine.DisposeAsync().AsTask().Soon();

        foreach (var outcome in (await Task.WhenAll(callers).Soon()).SelectMany(static pending => pending))
        {
            try
            {
                Assert.Null((await outcome.Soon()).Fault);
            }
            catch (OperationCanceledException)
            {
                // Waited when the engine went.
            }
        }

        Assert.Equal(0, engine.QueuedTexts);
    }

    [Fact]
    public async Task Metrics_EveryText_IsAccountedFor()
    {
        using var folder = new PackageFolder();
        folder.WriteManifest(new { name = $"metered-{Guid.NewGuid():N}" });
        var totals = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ValueImprint.Inference")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        var name = folder.Load().Description.Name;
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var all = tags.ToArray();
            if (all.Contains(new KeyValuePair<string, object?>("valueimprint.model", name)))
            {
                var outcome = all.FirstOrDefault(static tag => tag.Key == "outcome").Value;
                totals.AddOrUpdate($"{instrument.Name[("valueimprint.inference.".Length)..]}/{outcome}", value, (_, sum) => sum + value);
            }
        });
        listener.Start();
        await using (var engine = await InferenceEngine.StartAsync(folder.Load(), Options))
        {
            using var lane = engine.OpenLane(LanePriority.Bulk);
            using var cancelled = new CancellationTokenSource();
            var pending = new List<Task>();
            for (var count = 0; count < 300; count++)
            {
                var text = await lane.EnqueueAsync(count % 10 == 0 ? " " : "hello", default, count % 7 == 0 ? cancelled.Token : default).Soon();
                pending.Add(text.AsTask().ContinueWith(static _ => { }, TaskScheduler.Default));
            }

            await cancelled.CancelAsync();
            await Task.WhenAll(pending).Soon();
        }

        Assert.Equal(300, totals["texts.accepted/"]);
        Assert.Equal(30, totals["texts.ended/empty"]);
        Assert.Equal(300, totals.Where(static total => total.Key.StartsWith("texts.ended/", StringComparison.Ordinal)).Sum(static total => total.Value));
        Assert.True(totals["padding/"] > 0 && totals["tokens/"] > 0);
    }

    private static async Task<TextOutcome> ClassifyOnce(PackageFolder folder, string text, EngineOptions? options = null)
    {
        await using var engine = await InferenceEngine.StartAsync(folder.Load(), options ?? Options).Soon();
        using var lane = engine.OpenLane(LanePriority.Interactive);
        return await Classify(lane, text);
    }

    private static async Task<TextOutcome> Classify(EngineLane lane, string text)
    {
        Assert.True(lane.TryEnqueue(text, default, default, out var pending));
        return await pending.Soon();
    }

    private sealed class RecordingLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
