using ValueImprint.Core.Imprints;
using ValueImprint.Inference;

namespace ValueImprint.Server.Models;

/// <summary>One loaded model, as the services use it.</summary>
internal interface IModelEngine : IAsyncDisposable
{
    ModelDescription Model { get; }

    int QueuedTexts { get; }

    /// <summary>A call's own way into the queue; disposed when the call ends.</summary>
    IModelLane OpenLane(LanePriority priority);
}

/// <summary>See <see cref="EngineLane"/>.</summary>
internal interface IModelLane : IDisposable
{
    /// <summary>Refused at once when the queue is full.</summary>
    bool TryEnqueue(string text, TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome);

    /// <summary>The same for a call's only text, which may run on the calling thread before this returns.</summary>
    bool TryRun(string text, TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome) =>
        TryEnqueue(text, options, cancellation, out outcome);

    /// <summary>Waits for room; the inner task is the outcome.</summary>
    ValueTask<ValueTask<TextOutcome>> EnqueueAsync(string text, TextOptions options, CancellationToken cancellation);
}

/// <summary>An <see cref="InferenceEngine"/> as the services use it.</summary>
internal sealed class EngineAdapter(InferenceEngine engine) : IModelEngine
{
    public ModelDescription Model => engine.Model;

    public int QueuedTexts => engine.QueuedTexts;

    public IModelLane OpenLane(LanePriority priority) => new Lane(engine.OpenLane(priority));

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private sealed class Lane(EngineLane lane) : IModelLane
    {
        public bool TryEnqueue(string text, TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome) =>
            lane.TryEnqueue(text, options, cancellation, out outcome);

        public bool TryRun(string text, TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome) =>
            lane.TryRun(text, options, cancellation, out outcome);

        public ValueTask<ValueTask<TextOutcome>> EnqueueAsync(string text, TextOptions options, CancellationToken cancellation) =>
            lane.EnqueueAsync(text, options, cancellation);

        public void Dispose() => lane.Dispose();
    }
}
