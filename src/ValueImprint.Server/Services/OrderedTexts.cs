using System.Text;
using System.Threading.Channels;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Models;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Services;

/// <summary>One text of a stream on its way: what the caller said about it, what will become of it, and its size.</summary>
internal readonly record struct PendingText<TTag>(TTag Tag, ValueTask<TextOutcome>? Outcome, long Bytes);

/// <summary>
/// The texts of one stream, in the order of arrival. When its window is full, <see cref="AddAsync"/> waits, so the stream isn't read
/// from, so HTTP/2's flow control stops the client.
/// </summary>
internal sealed class OrderedTexts<TTag>(IModelLane lane, TextOptions textOptions, ServerOptions options, ServerMetrics metrics) : IDisposable
{
    private readonly StreamWindow _window = new(options.MaxRowsInFlight, options.MaxBytesInFlight);
    private readonly Channel<PendingText<TTag>> _pending = Channel.CreateBounded<PendingText<TTag>>(
        new BoundedChannelOptions(options.MaxRowsInFlight) { SingleReader = true, SingleWriter = true });

    private int _inFlight;

    public ChannelReader<PendingText<TTag>> Reader => _pending.Reader;

    /// <summary>Waits for room in the window and in the model's queue; without a text the tag alone keeps its place.</summary>
    /// <param name="tag">What to know about the text when its outcome is there.</param>
    /// <param name="tagBytes">What the tag itself holds in memory, beyond a few words.</param>
    /// <param name="text">The text, if any.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async ValueTask AddAsync(TTag tag, int tagBytes, string? text, CancellationToken cancellation)
    {
        var bytes = tagBytes + (text is null ? 0L : Encoding.UTF8.GetByteCount(text));
        await _window.EnterAsync(bytes, cancellation);
        Interlocked.Increment(ref _inFlight);
        metrics.RowsInFlight(1);
        ValueTask<TextOutcome>? outcome = text is null ? null : await lane.EnqueueAsync(text, textOptions, cancellation);

        // Never waits: the window lets no more in than the channel holds.
        await _pending.Writer.WriteAsync(new PendingText<TTag>(tag, outcome, bytes), cancellation);
    }

    /// <summary>No more texts will come.</summary>
    public void Complete() => _pending.Writer.TryComplete();

    /// <summary>So many texts have been answered, in the sense that their answer has left for the client.</summary>
    public void Release(int answered, long bytes)
    {
        Interlocked.Add(ref _inFlight, -answered);
        metrics.RowsInFlight(-answered);
        _window.Leave(answered, bytes);
    }

    public void Dispose() => metrics.RowsInFlight(-Interlocked.Exchange(ref _inFlight, 0));
}

/// <summary>
/// How much of one stream is between being read and being answered: so many rows, and so many bytes, but always at least one row. One
/// side enters, the other one leaves.
/// </summary>
internal sealed class StreamWindow(int maxRows, long maxBytes)
{
    private readonly Lock _lock = new();
    private int _rows;
    private long _bytes;
    private long _wanted;
    private TaskCompletionSource? _waiting;

    /// <summary>Takes room for a row, and waits for it if need be. Not to be called again after it was cancelled.</summary>
    public ValueTask EnterAsync(long bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (TryTake(bytes))
            {
                return ValueTask.CompletedTask;
            }

            _wanted = bytes;
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_waiting.Task.WaitAsync(cancellation));
        }
    }

    /// <summary>Gives the room of answered rows back.</summary>
    public void Leave(int rows, long bytes)
    {
        lock (_lock)
        {
            _rows -= rows;
            _bytes -= bytes;
            if (_waiting is not null && TryTake(_wanted))
            {
                _waiting.SetResult();
                _waiting = null;
            }
        }
    }

    private bool TryTake(long bytes)
    {
        if (_rows > 0 && (_rows == maxRows || _bytes + bytes > maxBytes))
        {
            return false;
        }

        _rows++;
        _bytes += bytes;
        return true;
    }
}

/// <summary>The reading and the writing side of a stream: run together, end together.</summary>
internal static class StreamSides
{
    /// <summary>
    /// Runs both sides; the first that fails cancels the other one and is what the caller sees. The writing side ends by itself once
    /// the reading side has.
    /// </summary>
    public static async Task RunAsync(
        Func<CancellationToken, Task> read, Func<CancellationToken, Task> write, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? first = null;
        await Task.WhenAll(GuardAsync(read), GuardAsync(write));
        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        async Task GuardAsync(Func<CancellationToken, Task> side)
        {
            try
            {
                await side(either.Token);
            }
            catch (Exception fault)
            {
                // The other side's cancellation is a consequence, never the cause.
                Interlocked.CompareExchange(ref first, fault, null);
                await either.CancelAsync();
            }
        }
    }
}
