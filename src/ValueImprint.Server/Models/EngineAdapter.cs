using ValueImprint.Core.Imprints;
using ValueImprint.Inference;

namespace ValueImprint.Server.Models;

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
