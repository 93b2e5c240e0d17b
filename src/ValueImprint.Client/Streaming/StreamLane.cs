using Grpc.Core;
using ValueImprint.Client.Connections;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Streaming;

/// <summary>
/// Sends texts of a window through one call at a time and hands the answers back to it. When the call breaks, what was under way goes
/// back into the window and a new call is opened.
/// </summary>
internal sealed class StreamLane<TState>(StreamJob<TState> job, TextWindow<TState> window, StreamSession session)
{
    /// <summary>Calls in a row without a single answer after which the lane gives up.</summary>
    private const int MostFruitlessCalls = 10;

    private readonly Queue<PendingText<TState>> _underWay = new();
    private bool _answered;

    public async Task RunAsync(CancellationToken ct)
    {
        var backoff = new Backoff(job.Client.FirstPause, job.Client.LongestPause);
        for (var fruitless = 0; await window.WaitForWorkAsync(ct).ConfigureAwait(false);)
        {
            // Before any text is risked: the server is up, lets us in and hosts the same model as before.
            var (model, server) = await job.Calls.GetModelAsync(job.Options.Model, ct).ConfigureAwait(false);
            session.CheckModel(server.Address, model.Facts.ContentHash);
            ClientLog.StreamOpened(job.Log, server.Address, model.Facts.ContentHash);

            _answered = false;
            var fault = await RunCallAsync(server, model.Taxonomy, ct).ConfigureAwait(false);
            if (_answered)
            {
                fruitless = 0;
                backoff.Reset();
            }
            else if (++fruitless == MostFruitlessCalls)
            {
                throw new ClientException(
                    ClientFault.CallFailed,
                    $"{server.Address} ended {fruitless} streams in a row without an answer; last seen: {fault?.Describe() ?? "OK"} {job.Servers.Advice}");
            }

            if (fault is not null || !_answered)
            {
                job.Servers.Failed(server);
                await Task.Delay(fault?.Pushback() ?? backoff.Next(), job.Client.TimeProvider, ct).ConfigureAwait(false);
            }
        }
    }

    /// <returns>How the call broke; <see langword="null"/> where it ended in order.</returns>
    private async Task<RpcException?> RunCallAsync(ServerConnection server, TaxonomyIdentity taxonomy, CancellationToken ct)
    {
        using var stall = new StallWatch(() => window.Count(_underWay) > 0, job.Client.StallTimeout, job.Client.TimeProvider, ct);
        using var call = server.Classifier.ClassifyStream(server.CallOptions(null, stall.Token));
        var writing = WriteAsync(call.RequestStream, stall);
        RpcException? fault;
        try
        {
            await ReadAsync(server, taxonomy, call.ResponseStream, stall).ConfigureAwait(false);
            fault = window.Count(_underWay) == 0 ? null : Unavailable("The server ended the stream early.");
        }
        catch (RpcException seen)
        {
            fault = seen;
        }
        catch (OperationCanceledException)
        {
            fault = Unavailable("The stream was cut.");
        }
        finally
        {
            // Whichever way the call ended, nothing more needs writing.
            stall.Cancel();
            await IgnoreEnd(writing).ConfigureAwait(false);
        }

        ct.ThrowIfCancellationRequested();
        fault = stall.Stalled ? Unavailable($"No answer came for {Seconds.Of(job.Client.StallTimeout)}.") : fault;
        return fault is null ? null : fault.IsStreamBreak() ? Break(server, fault) : throw fault.ToClientException(server.Address);
    }

    private async Task WriteAsync(IClientStreamWriter<ClassifyStreamRequest> writer, StallWatch stall)
    {
        try
        {
            // gRPC serialises a message before the write ends, so that one may be filled anew; only the first carries the options.
            var request = new ClassifyStreamRequest { Options = session.Options };
            var batch = new List<PendingText<TState>>(job.Options.BatchTexts);
            while (true)
            {
                await window.TakeAsync(_underWay, batch, job.Options.BatchTexts, job.Options.BatchBytes, stall.Token).ConfigureAwait(false);
                if (batch.Count == 0)
                {
                    await writer.CompleteAsync().ConfigureAwait(false);
                    return;
                }

                request.Texts.AddRange(batch.Select(static pending => new TextItem { Text = pending.Text }));
                stall.Moved();
                await writer.WriteAsync(request).ConfigureAwait(false);
                request.Options = null;
                request.Texts.Clear();
                batch.Clear();
            }
        }
        catch (Exception fault) when (!IsEnd(fault))
        {
            // A fault of this program: the reader must not wait for answers to what was never sent.
            stall.Cancel();
            throw;
        }
    }

    private async Task ReadAsync(ServerConnection server, TaxonomyIdentity taxonomy, IAsyncStreamReader<ClassifyStreamResponse> reader, StallWatch stall)
    {
        while (await reader.MoveNext(stall.Token).ConfigureAwait(false))
        {
            var response = reader.Current;
            session.CheckModel(server.Address, response.ModelHash);
            foreach (var result in response.Results)
            {
                if (!window.TryAnswer(_underWay, server.Read(result, taxonomy)))
                {
                    throw new ClientException(
                        ClientFault.ContractBroken, $"{server.Address} answered more texts than it was sent; use a server of the same version.");
                }
            }

            _answered |= response.Results.Count > 0;
            stall.Moved();
            job.Servers.Answered(server);
        }
    }

    private RpcException Break(ServerConnection server, RpcException fault)
    {
        // A server that is too busy says so before it looks at a text.
        var broken = window.PutBack(_underWay, accuse: fault.StatusCode is not StatusCode.ResourceExhausted);
        if (broken.Count > 0)
        {
            ClientLog.StreamBroke(job.Log, server.Address, broken.Count, fault.Describe());
            job.Client.OnInterruption?.Invoke(new StreamInterruption(server.Address.ToString(), broken.Count, fault.Describe()));
        }

        var most = job.Client.MaxBreaksPerText ?? job.Servers.MaxBreaksPerText;
        PendingText<TState>[] suspects = [.. broken.Where(pending => pending.Breaks >= most)];
        return suspects.Length == 0 ? fault : throw RepeatedCrash(server, most, suspects, fault);
    }

    private ClientException RepeatedCrash(ServerConnection server, int breaks, PendingText<TState>[] suspects, RpcException fault)
    {
        var places = string.Join(", ", suspects.Select(suspect => job.Place(suspect.State, suspect.Index)).Distinct());
        return new ClientException(
            ClientFault.RepeatedCrash,
            $"{server.Address} broke off {breaks} times while it held the same {suspects.Length} texts: {places}. One of them may bring it down: "
            + $"look at those rows and at the server's log. Last seen: {fault.Describe()}",
            fault);
    }

    private static RpcException Unavailable(string detail) => new(new Status(StatusCode.Unavailable, detail));

    /// <summary>The reader has seen or made the call's end; the writer merely runs into it.</summary>
    private static async Task IgnoreEnd(Task writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (Exception fault) when (IsEnd(fault))
        {
        }
    }

    // gRPC gives a write to a dead call as whatever it runs into first.
    private static bool IsEnd(Exception fault) =>
        fault is RpcException or OperationCanceledException or InvalidOperationException or IOException or HttpRequestException;
}

/// <summary>Cancels a stream that owes answers and gives none for too long. One that owes nothing may rest as long as it likes.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<bool> _owing;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public StallWatch(Func<bool> owing, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        (_owing, _limit) = (owing, limit);
        _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(ct, _timer.Token);
    }

    /// <summary>Cancelled by the caller, by <see cref="Cancel"/> and by a stall.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the limit has passed.</summary>
    public bool Stalled => _timer.IsCancellationRequested;

    /// <summary>Something moved: the time runs anew, or not at all while nothing is owed.</summary>
    public void Moved()
    {
        // Under the lock, so that the reader's "nothing owed" can't undo what the writer has just sent.
        lock (_lock)
        {
            _timer.CancelAfter(_owing() ? _limit : Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends whatever still waits on the stream.</summary>
    public void Cancel() => _linked.Cancel();

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
