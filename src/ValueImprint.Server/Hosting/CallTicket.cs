using Grpc.Core;
using Microsoft.AspNetCore.Http;
using ValueImprint.Protocol.V1;
using Status = Grpc.Core.Status;

namespace ValueImprint.Server.Hosting;

/// <summary>
/// One call from its first byte, for the middleware and the interceptor that guard it: a clock runs until its first message is there, and
/// it can be told to end at any time.
/// </summary>
internal sealed class CallTicket : IDisposable
{
    public static readonly Status Displaced = new(
        StatusCode.ResourceExhausted, "The call's message had not arrived when the server had too many such calls; retry, and send the message at once.");

    public static readonly Status Yielded = new(
        StatusCode.Unavailable, "Nothing moved on this stream (YieldTimeout) and others wanted its place (MaxCalls); send what was not answered again.");

    public static readonly Status Draining = new(
        StatusCode.Unavailable, "The server is shutting down; retry, and another replica or its successor will answer.");

    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _whenEnded;
    private object? _reason;

    /// <param name="context">The call.</param>
    /// <param name="client">Who calls; <see langword="null"/>: one who has no share.</param>
    /// <param name="method">What is called.</param>
    /// <param name="limit">Time for its first message to arrive.</param>
    /// <param name="time">The clock.</param>
    public CallTicket(HttpContext context, string? client, IMethod method, TimeSpan limit, TimeProvider time)
    {
        Client = client;
        (IsStream, IsCounted) = (method.Type != MethodType.Unary, method.ServiceName == ValueClassifier.Descriptor.FullName);
        Place = new LinkedListNode<CallTicket>(this);
        _end = new CancellationTokenSource(limit, time);
        _whenEnded = _end.Token.Register(static state => EndRead((HttpContext)state!), context);
    }

    public string? Client { get; }

    /// <summary>Whether the call may last.</summary>
    public bool IsStream { get; }

    /// <summary>Whether the gate has a say in it: health and reflection it lets alone.</summary>
    public bool IsCounted { get; }

    /// <summary>Where the gate keeps it.</summary>
    public LinkedListNode<CallTicket> Place { get; }

    /// <summary>When something last moved, by the clock's time stamps.</summary>
    public long LastMoved { get; private set; }

    /// <summary>Fires when the call has to end, for <see cref="Reason"/>.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Why the call has to end; <see langword="null"/>: it hasn't.</summary>
    public Status? Reason => !_end.IsCancellationRequested ? null : _reason as Status? ?? new Status(
        StatusCode.DeadlineExceeded, "The call's first message did not arrive whole in time (MessageTimeout); send it at once, or in smaller messages of a stream.");

    /// <summary>Ends the call.</summary>
    public void End(Status reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    /// <summary>Whether its first message was read.</summary>
    public bool HasArrived { get; private set; }

    /// <summary>The first message is there: the clock stands still.</summary>
    public void Arrived(long now)
    {
        (HasArrived, LastMoved) = (true, now);
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Moved(long now) => LastMoved = now;

    public void Dispose()
    {
        _whenEnded.Dispose();
        _end.Dispose();
    }

    // The only way to end a read of gRPC's own before any interceptor is asked.
    private static void EndRead(HttpContext context)
    {
        try
        {
            context.Request.BodyReader.CancelPendingRead();
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection is gone, and the read with it.
        }
    }
}
