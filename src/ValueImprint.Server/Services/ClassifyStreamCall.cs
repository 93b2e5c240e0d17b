using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Models;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Services;

/// <summary>Any number of texts, answered in the order of arrival.</summary>
internal sealed class ClassifyStreamCall(
    IAsyncStreamReader<ClassifyStreamRequest> requests,
    IServerStreamWriter<ClassifyStreamResponse> responses,
    ServerCallContext context,
    ServerOptions options,
    ServerMetrics metrics)
{
    // Scores in one message: about 100 KB, far below any client's message limit, whatever the taxonomy's size.
    private const int MaxScoresPerMessage = 4096;
    private const int MaxResultsPerMessage = 256;

    private readonly CallEnd _end = CallEnd.Of(context);

    public async Task RunAsync(ModelRegistry models)
    {
        if (!await requests.MoveNext(_end.Token))
        {
            return;
        }

        var asked = CallRequest.Read(requests.Current.Options, models);
        var timings = new CallTimings(context);
        using var lane = asked.Model.Engine.OpenLane(LanePriority.Bulk);
        using var texts = new OrderedTexts<string>(lane, asked.Text, options, metrics);
        await StreamSides.RunAsync(
            cancellation => ReadAsync(texts, cancellation),
            cancellation => WriteAsync(texts, asked, timings, cancellation),
            _end.Token);
        timings.Send();
    }

    private async Task ReadAsync(OrderedTexts<string> texts, CancellationToken cancellation)
    {
        do
        {
            var request = requests.Current;
            foreach (var item in request.Texts)
            {
                await texts.AddAsync(item.Id, item.Id.Length, item.Text, cancellation);
            }

            if (!await requests.MoveNext(cancellation))
            {
                texts.Complete();
                return;
            }
        }
        while (requests.Current.Options is null);
        throw Refusal.LateOptions();
    }

    private async Task WriteAsync(OrderedTexts<string> texts, CallRequest asked, CallTimings timings, CancellationToken cancellation)
    {
        var most = Math.Clamp(MaxScoresPerMessage / asked.Model.ValueIds.Length, 1, MaxResultsPerMessage);
        var group = NewGroup();
        var bytes = 0L;
        while (await texts.Reader.WaitToReadAsync(cancellation))
        {
            while (texts.Reader.TryRead(out var pending))
            {
                var outcome = pending.Outcome!.Value; // Every item of this stream has a text.
                if (group.Results.Count == most || (group.Results.Count > 0 && !outcome.IsCompleted))
                {
                    await SendAsync();
                }

                var answer = await outcome;
                metrics.TextAnswered(asked.Model.Name, answer);
                timings.Add(answer.Timings);
                bytes += pending.Bytes;
                group.Results.Add(answer.ToMessage(pending.Tag, asked.Model.ValueIds, asked.TopK));
            }

            await SendAsync();
        }

        // Waits while the client doesn't read; the window then fills up, and nothing more is read either. Not with the sides' own token:
        // gRPC resets the stream of a write that is cancelled, and the client would never see what the reading side refused.
        async Task SendAsync()
        {
            if (group.Results.Count > 0)
            {
                await responses.WriteAsync(group, _end.Token);
                texts.Release(group.Results.Count, bytes);
                _end.Moved();
                (group, bytes) = (NewGroup(), 0);
            }
        }

        ClassifyStreamResponse NewGroup() => new() { ModelHash = asked.Model.Message.ContentHash };
    }
}
