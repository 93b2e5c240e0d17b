using ValueImprint.Core.Imprints;
using System.Text;
using System.Threading.Channels;
using ValueImprint.Inference;
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
