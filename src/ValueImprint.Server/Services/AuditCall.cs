using Google.Protobuf;
using Grpc.Core;
using ValueImprint.Auditing;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Models;
using ValueImprint.Server.Telemetry;
using AuditProgress = ValueImprint.Protocol.V1.AuditProgress;
using AuditResult = ValueImprint.Protocol.V1.AuditResult;

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

    private static readonly TextOutcome _nothing = new();

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

        var model = models.FindOrRefuse(start.Model);
        var text = CallRequest.ReadText(start.HasAbstainBelow ? start.AbstainBelow : null);
        var count = new AuditCount(model.Description, new AuditOptions
        {
            Stream = new ClassifyStreamOptions { AbstainBelow = text.AbstainBelow },
            Tool = $"valueimprint {ServerVersion.Text}",
        });
        var rows = new AuditRowReader(start.Files, count, options.MaxTextsPerCall);
        var timings = new CallTimings(context);
        using var lane = model.Engine.OpenLane(LanePriority.Bulk);
        using var texts = new OrderedTexts<AuditText>(lane, text, options, metrics);
        await StreamSides.RunAsync(
            cancellation => ReadAsync(rows, texts, cancellation),
            cancellation => CountAsync(texts, count, start.ProgressEvery, model.Name, timings, cancellation),
            _end.Token);
        var imprint = ImprintWriter.ToBytes(count.Build(time.GetUtcNow(), time.GetElapsedTime(_started)));
        var result = new AuditResult { Imprint = UnsafeByteOperations.UnsafeWrap(imprint) };
        await responses.WriteAsync(new AuditResponse { Result = result }, _end.Token);
        timings.Send();
    }

    private async Task ReadAsync(AuditRowReader rows, OrderedTexts<AuditText> texts, CancellationToken cancellation)
    {
        while (await requests.MoveNext(cancellation))
        {
            if (requests.Current.Rows is not { } message)
            {
                throw Refusal.Invalid("After 'start', an audit's messages hold 'rows'.");
            }

            foreach (var row in message.Rows)
            {
                foreach (var text in rows.Read(row).Split())
                {
                    await texts.AddAsync(text, 0, text.Text, cancellation);
                }

                Interlocked.Increment(ref _rowsRead);
            }
        }

        texts.Complete();
    }

    private async Task CountAsync(
        OrderedTexts<AuditText> texts, AuditCount count, int progressEvery, string model, CallTimings timings, CancellationToken cancellation)
    {
        var every = progressEvery == 0 ? DefaultProgressEvery : progressEvery;
        await foreach (var (text, pending, bytes) in texts.Reader.ReadAllAsync(cancellation))
        {
            var outcome = _nothing;
            if (pending is not null)
            {
                outcome = await pending.Value;
                metrics.TextAnswered(model, outcome);
                timings.Add(outcome.Timings);
                if (outcome.Fault is { Kind: TextFaultKind.Expired } late)
                {
                    // An overload says nothing about the row: the imprint would depend on how busy the server was.
                    throw new RpcException(new Status(StatusCode.ResourceExhausted, late.Message));
                }
            }

            count.Add(text, outcome);
            texts.Release(1, bytes);
            _end.Moved();
            if (text.EndsRow && count.RowsRead % every == 0)
            {
                // Waits while the client doesn't read; the window then fills up, and nothing more is read either. Not with the sides' own
                // token: gRPC resets the stream of a write that is cancelled, and the client would never see what the reading side refused.
                await responses.WriteAsync(new AuditResponse { Progress = Progress(count) }, _end.Token);
            }
        }
    }

    private AuditProgress Progress(AuditCount count) => new()
    {
        RowsRead = Interlocked.Read(ref _rowsRead),
        RowsClassified = count.RowsClassified,
        RowsRejected = count.RowsRejected,
    };
}
