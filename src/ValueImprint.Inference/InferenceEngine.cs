using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference;

/// <summary>
/// One loaded model that classifies texts: a tokenizer, a scheduler with a bounded queue, and dispatchers that run the batches. Safe for
/// concurrent use. On a CPU what a text gets depends on the text, the package and the machine alone, never on its company, the order, the
/// limits or the threads; on a GPU the last digits of a score may.
/// </summary>
public sealed class InferenceEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly BatchScheduler _scheduler;
    private readonly EngineMetrics _metrics;
    private readonly TextEncoder _encoder;
    private readonly ModelSessions _sessions;
    private readonly OnnxBatchExecutor[] _executors;
    private readonly Task _threads;
    private readonly TextAdmission _admission;
    private int _openLanes;
    private int _isDisposed;

    private InferenceEngine(ModelPackage package, EngineOptions options, ILogger logger, TimeProvider time)
    {
        _options = options;
        _sessions = SessionFactory.Open(package, options, logger);
        var description = package.Description;
        Model = description with { ExecutionProvider = _sessions.Beside.Provider };
        _encoder = new TextEncoder(
            package.Tokenizer,
            new TruncationRule(description.Truncation, description.MaxTokens - package.Tokenizer.FrameLength, description.HeadShare),
            options.ExactCountChars);
        var (range, limits) = FitTo(package, options, logger);
        _metrics = new EngineMetrics(description.Name);
        _scheduler = new BatchScheduler(
            new QueueRoom(options.QueueLength, options.LaneLength), limits, options.RoundTexts, options.MaxQueueTime, time);

        // One more, the last, is for lone texts. A model too large to be there twice would keep its caller's thread for too long.
        var runs = _sessions.Runs;
        var runsLone = _sessions.Alone != _sessions.Beside;
        _executors = new OnnxBatchExecutor[runsLone ? runs + 1 : runs];
        for (var index = 0; index < _executors.Length; index++)
        {
            _executors[index] = new OnnxBatchExecutor(_sessions, package.Tokenizer, limits, range.Min);
        }

        var reader = new OutcomeReader(description, package.Labels.LogitOfValue, package.Stance);
        var runners = _executors.Select(executor => new BatchRunner(executor, reader, _scheduler, _metrics, time, logger)).ToArray();
        var bulkEncoder = new BulkEncoder(_scheduler, _encoder, options.TokenizerThreads ?? Math.Clamp(Environment.ProcessorCount / 2, 1, 8), time);
        var texts = new PendingTexts(options.QueueLength, (_, outcome) => _metrics.Ended(outcome));
        _admission = new TextAdmission(
            _scheduler, bulkEncoder, runsLone ? new SingleTextPath(runners[^1], _scheduler) : null, _metrics, texts, options.MaxTextBytes, time);
        _threads = Task.WhenAll(
        [
            .. runners[..runs].Select(runner => Watch(new EngineThread("ValueImprint dispatcher", runner.Loop), logger)),
            Watch(new EngineThread("ValueImprint tokenizer", bulkEncoder.Loop), logger),
        ]);
        foreach (var remark in Model.Remarks)
        {
            Log.ModelRemark(logger, remark);
        }

        Log.ModelLoaded(
            logger, Model.Name, Model.Version, Model.Variant, Model.ExecutionProvider, package.Folder, Model.Taxonomy.Values.Count,
            Model.MaxTokens, limits.Tokens);
    }

    /// <summary>What runs.</summary>
    public ModelDescription Model { get; }

    /// <summary>Texts in the engine without an outcome: waiting, packed or running.</summary>
    public int QueuedTexts => _scheduler.Held;

    /// <summary>Loads a package and gets ready to classify.</summary>
    /// <param name="package">What <see cref="ModelPackage.Load"/> read.</param>
    /// <param name="options">Limits and choices.</param>
    /// <param name="loggers">Where to log; never a text.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ModelPackageException">The runtime can't load the graph, or it is not what the package says.</exception>
    /// <exception cref="CudaUnavailableException">CUDA was demanded and can't be loaded.</exception>
    public static Task<InferenceEngine> StartAsync(
        ModelPackage package, EngineOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<InferenceEngine>();
        return Task.Run(() => new InferenceEngine(package, options, logger, time ?? TimeProvider.System), cancellationToken);
    }

    /// <summary>Opens a lane: one for each call, closed at its end. Lanes of one priority share the model fairly.</summary>
    /// <param name="priority">Whether somebody waits for each answer.</param>
    /// <exception cref="EngineStoppingException">The engine drains or is disposed.</exception>
    /// <exception cref="InvalidOperationException"><see cref="EngineOptions.MaxLanes"/> are open.</exception>
    public EngineLane OpenLane(LanePriority priority)
    {
        _scheduler.ThrowIfStopping();
        if (Interlocked.Increment(ref _openLanes) > _options.MaxLanes)
        {
            Interlocked.Decrement(ref _openLanes);
            throw new InvalidOperationException(
                FormattableString.Invariant($"{_options.MaxLanes} lanes are open, as many as {nameof(EngineOptions.MaxLanes)} allows; close one first."));
        }

        return new EngineLane(priority, _scheduler, _admission, () => Interlocked.Decrement(ref _openLanes));
    }

    /// <summary>Refuses new texts and finishes those that it has.</summary>
    /// <param name="cancellationToken">Stops waiting; the texts go on.</param>
    public Task DrainAsync(CancellationToken cancellationToken = default) => _scheduler.DrainAsync().WaitAsync(cancellationToken);

    /// <summary>Lets the running batch end, cancels what waits, and unloads the model.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _scheduler.Stop();
        await _threads.ConfigureAwait(false);

        // A caller may be in the tokenizer still; its text gives its place back as soon as it comes out.
        await _scheduler.DrainAsync().ConfigureAwait(false);
        Array.ForEach(_executors, static executor => executor.Dispose());
        _sessions.Dispose();
        _metrics.Dispose();
    }

    // Without one of its threads the engine would keep texts waiting for ever.
    private async Task Watch(EngineThread thread, ILogger logger)
    {
        try
        {
            await thread.Ended.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.ThreadEnded(logger, exception);
            _scheduler.Stop();
        }
    }

    private (RowRange Range, BatchLimits Limits) FitTo(ModelPackage package, EngineOptions options, ILogger logger)
    {
        var maxTokens = package.Description.MaxTokens;
        try
        {
            // A GPU's libraries choose their kernels by the batch's shape: its last digits can't be pinned like this.
            var session = _sessions.Beside;
            var range = session.Provider == SessionFactory.CpuProvider
                ? BatchInvarianceProbe.Run(session, package.Tokenizer, maxTokens)
                : new RowRange(1, options.MaxBatchTexts);
            if (_sessions.Alone != session && !BatchInvarianceProbe.Agree(_sessions.Alone, session, package.Tokenizer, maxTokens))
            {
                _sessions.Merge();
            }

            if (range.Max == 1)
            {
                Log.RunsAlone(logger, package.GraphFile);
            }

            var texts = Math.Min(options.MaxBatchTexts, range.Max);
            return (range, new BatchLimits(
                texts, options.BatchTokens ?? BatchBudget.Measure(session, package.Tokenizer, texts, maxTokens), maxTokens));
        }
        catch (OnnxRuntimeException exception)
        {
            _sessions.Dispose();
            throw new ModelPackageException(package.GraphFile, null, $"fails on a short text: {exception.Message}", exception);
        }
    }
}
