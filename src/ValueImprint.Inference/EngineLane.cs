using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference;

/// <summary>One call's way into an <see cref="InferenceEngine"/>. Its texts are run in about their order. Safe for concurrent use.</summary>
public sealed class EngineLane : IDisposable
{
    private readonly BatchScheduler _scheduler;
    private readonly TextAdmission _admission;
    private readonly Action _closed;
    private readonly LaneQueue _queue;
    private int _isDisposed;

    internal EngineLane(LanePriority priority, BatchScheduler scheduler, TextAdmission admission, Action closed)
    {
        _queue = new LaneQueue(priority);
        (_scheduler, _admission, _closed) = (scheduler, admission, closed);
    }

    /// <summary>Which texts go first.</summary>
    public LanePriority Priority => _queue.Priority;

    /// <summary>
    /// Takes a text if there is room for it now. An interactive lane's text is tokenized before this returns.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to classify it.</param>
    /// <param name="cancellation">Ends the waiting for it: its outcome is then an <see cref="OperationCanceledException"/>.</param>
    /// <param name="outcome">What becomes of the text; to be awaited exactly once.</param>
    /// <returns><see langword="false"/> when the queue, or the lane's share of it, is full.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The abstention threshold is not in [0, 1].</exception>
    /// <exception cref="EngineStoppingException">The engine drains or is disposed.</exception>
    /// <exception cref="ObjectDisposedException">The lane is closed.</exception>
    public bool TryEnqueue(string text, in TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome) =>
        _admission.TryAdmit(_queue, text, options, cancellation, out outcome);

    /// <summary>
    /// As <see cref="TryEnqueue"/>, for a caller that waits for this text alone: where an engine of a small model has nothing else to do,
    /// an interactive lane's text is run on the calling thread, which takes as long as a run of the model.
    /// </summary>
    /// <inheritdoc cref="TryEnqueue"/>
    public bool TryRun(string text, in TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome) =>
        _admission.TryAdmit(_queue, text, options, cancellation, out outcome, mayRunHere: true);

    /// <summary>Takes a text, and waits for room if need be: a stream's back-pressure.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to classify it.</param>
    /// <param name="cancellation">Ends the waiting, for room or for the outcome.</param>
    /// <returns>When the text is taken: its outcome, to be awaited exactly once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The abstention threshold is not in [0, 1].</exception>
    /// <exception cref="EngineStoppingException">The engine drains or is disposed.</exception>
    /// <exception cref="ObjectDisposedException">The lane is closed.</exception>
    public ValueTask<ValueTask<TextOutcome>> EnqueueAsync(string text, in TextOptions options, CancellationToken cancellation = default) =>
        _admission.TryAdmit(_queue, text, options, cancellation, out var outcome, isRefusalFinal: false)
            ? ValueTask.FromResult(outcome)
            : _admission.AdmitAsync(_queue, text, options, cancellation);

    /// <summary>Closes the lane: its texts that wait are cancelled.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _scheduler.Close(_queue);
            _closed();
        }
    }
}

/// <summary>Which texts go first when more wait than one batch holds.</summary>
public enum LanePriority
{
    /// <summary>Somebody waits for the answer: goes ahead of bulk work at the next batch boundary.</summary>
    Interactive,

    /// <summary>A stream of many texts: runs when nothing interactive waits, and never starves.</summary>
    Bulk,
}

/// <summary>How one text is classified.</summary>
/// <param name="AbstainBelow">
/// Abstain when the highest score is below this, in [0, 1]; <see langword="null"/> takes the model package's threshold.
/// </param>
public readonly record struct TextOptions(float? AbstainBelow = null);

/// <summary>The engine takes no more texts: it drains, or is gone. Another one may answer.</summary>
public sealed class EngineStoppingException() : InvalidOperationException("The engine is stopping and takes no more texts.");
