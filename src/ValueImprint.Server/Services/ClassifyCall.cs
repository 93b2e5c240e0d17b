using Google.Protobuf.Collections;
using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Models;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Services;

/// <summary>A handful of texts at once, ahead of the streams; refused as a whole where the queue has no room for all of them.</summary>
internal sealed class ClassifyCall(ModelRegistry models, ServerMetrics metrics, RetryAdvice advice, TimeProvider time)
{
    public async Task<ClassifyResponse> RunAsync(ClassifyRequest request, ServerCallContext context)
    {
        var texts = request.Texts;
        if (texts.Count == 0)
        {
            throw Refusal.NoTexts();
        }

        var began = time.GetTimestamp();
        var asked = CallRequest.Read(request.Options, models);
        var timings = new CallTimings(context);
        var response = new ClassifyResponse { ModelHash = asked.Model.Message.ContentHash };

        // Disposing of the lane takes back what is still queued when the call ends early.
        using var lane = asked.Model.Engine.OpenLane(LanePriority.Interactive);
        var outcomes = Enqueue(texts, asked, lane, CallEnd.Of(context).Token);
        for (var i = 0; i < outcomes.Length; i++)
        {
            var outcome = await outcomes[i];
            metrics.TextAnswered(asked.Model.Name, outcome);
            timings.Add(outcome.Timings);
            response.Results.Add(outcome.ToMessage(texts[i].Id, asked.Model.ValueIds, asked.TopK));
        }

        timings.Send();
        advice.Took(time.GetElapsedTime(began));
        return response;
    }

    private ValueTask<TextOutcome>[] Enqueue(
        RepeatedField<TextItem> texts, CallRequest asked, IModelLane lane, CancellationToken cancellation)
    {
        var outcomes = new ValueTask<TextOutcome>[texts.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var isTaken = outcomes.Length == 1
                ? lane.TryRun(texts[i].Text, asked.Text, cancellation, out outcomes[i])
                : lane.TryEnqueue(texts[i].Text, asked.Text, cancellation, out outcomes[i]);
            if (!isTaken)
            {
                throw Refusal.QueueFull(asked.Model.Engine.QueuedTexts, texts.Count, advice);
            }
        }

        return outcomes;
    }
}
