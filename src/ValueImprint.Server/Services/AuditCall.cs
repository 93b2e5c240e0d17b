using Google.Protobuf;
using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Models;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Services;

/// <summary>Classifies the rows of a dataset and counts them into an imprint, in the order of arrival.</summary>
internal sealed class AuditCall(
    IAsyncStreamReader<AuditRequest> requests,
    IServerStreamWriter<AuditResponse> responses,
    ServerCallContext context,
    ServerOptions options,
    ServerMetrics metrics,
    TimeProvider time)
{
    private const int DefaultProgressEvery = 1000;

    private readonly CallEnd _end = CallEnd.Of(context);
    private readonly long _started = time.GetTimestamp();
    private long _rowsRead;

    public async Task RunAsync(ModelRegistry models)
    {
        if (!await requests.MoveNext(_end.Token) || requests.Current.Start is not { } start)
        {
            throw Refusal.Invalid("An audit begins with a 'start' message.");
        }

        if (start.ProgressEvery < 0)
        {
            throw Refusal.Invalid($"progress_every is {start.ProgressEvery}; expected 0 (every {DefaultProgressEvery} rows) or more.");
        }

        var model = models.Find(start.Model);
        var text = CallRequest.ReadText(start.HasAbstainBelow ? start.AbstainBelow : null);
        var count = new AuditCount(model.Engine.Model, text.AbstainBelow);
        var rows = new AuditRowReader(start.Files, count.AddFiles(start.Files), options.MaxTextsPerCall);
        var timings = new CallTimings(context);
        using var lane = model.Engine.OpenLane(LanePriority.Bulk);
        using var texts = new OrderedTexts<AuditMark>(lane, text, options, metrics);
        await StreamSides.RunAsync(
            cancellation => ReadAsync(rows, texts, cancellation),
            cancellation => CountAsync(texts, count, start.ProgressEvery, model.Name, timings, cancellation),
            _end.Token);
        var imprint = count.Finish(time.GetUtcNow(), time.GetElapsedTime(_started));
        var result = new AuditResult { Imprint = UnsafeByteOperations.UnsafeWrap(imprint) };
        await responses.WriteAsync(new AuditResponse { Result = result }, _end.Token);
        timings.Send();
    }

    private async Task ReadAsync(AuditRowReader rows, OrderedTexts<AuditMark> texts, CancellationToken cancellation)
    {
        while (await requests.MoveNext(cancellation))
        {
            if (requests.Current.Rows is not { } message)
            {
                throw Refusal.Invalid("After 'start', an audit's messages hold 'rows'.");
            }

            _end.Moved();
            foreach (var row in message.Rows)
            {
                foreach (var (mark, text) in rows.Read(row))
                {
                    await texts.AddAsync(mark, 0, text, cancellation);
                }

                Interlocked.Increment(ref _rowsRead);
            }
        }

        texts.Complete();
    }

    private async Task CountAsync(
        OrderedTexts<AuditMark> texts, AuditCount count, int progressEvery, string model, CallTimings timings, CancellationToken cancellation)
    {
        var every = progressEvery == 0 ? DefaultProgressEvery : progressEvery;
        await foreach (var (mark, pending, bytes) in texts.Reader.ReadAllAsync(cancellation))
        {
            TextOutcome? outcome = null;
            if (pending is not null)
            {
                outcome = await pending.Value;
                metrics.TextAnswered(model, outcome);
                timings.Add(outcome.Timings);
            }

            var rowsBefore = count.Rows;
            count.Add(mark, outcome);
            texts.Release(1, bytes);
            _end.Moved();
            if (count.Rows != rowsBefore && count.Rows % every == 0)
            {
                // Waits while the client doesn't read; the window then fills up, and nothing more is read either. Not with the sides' own
                // token: gRPC resets the stream of a write that is cancelled, and the client would never see what the reading side refused.
                await responses.WriteAsync(new AuditResponse { Progress = count.Progress(Interlocked.Read(ref _rowsRead)) }, _end.Token);
            }
        }
    }
}
