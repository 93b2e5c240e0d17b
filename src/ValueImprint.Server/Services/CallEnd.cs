using Grpc.Core;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Services;

/// <summary>Everything that may end a call early, in one token, and the status for each cause.</summary>
internal sealed class CallEnd : IDisposable
{
    private static readonly object Key = new();

    private readonly ServerCallContext _context;
    private readonly CallTicket _ticket;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cut;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _any;
    private readonly TimeSpan _limit;
    private readonly bool _isStream;

    private CallEnd(ServerCallContext context, CallTicket ticket, TimeSpan limit, bool isStream, TimeProvider time, CancellationToken cut)
    {
        (_context, _ticket, _time, _cut, _limit, _isStream) = (context, ticket, time, cut, limit, isStream);
        _timeout = new CancellationTokenSource(limit, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, ticket.Token, cut, _timeout.Token);
        context.UserState[Key] = this;
    }

    /// <summary>Fires when the client has gone, a deadline has passed, nothing moved for too long or the server cuts its calls.</summary>
    public CancellationToken Token => _any.Token;

    public static CallEnd OfUnary(ServerCallContext context, CallTicket ticket, CallGate gate, ServerOptions options, TimeProvider time) =>
        new(context, ticket, context.Deadline == DateTime.MaxValue ? options.DefaultDeadline : Timeout.InfiniteTimeSpan, false, time, gate.Cut);

    public static CallEnd OfStream(ServerCallContext context, CallTicket ticket, CallGate gate, ServerOptions options, TimeProvider time) =>
        new(context, ticket, options.StallTimeout, true, time, gate.Cut);

    /// <summary>A stream that rightly is silent most of the time.</summary>
    public static CallEnd OfWatch(ServerCallContext context, CallTicket ticket, CallGate gate, TimeProvider time) =>
        new(context, ticket, Timeout.InfiniteTimeSpan, true, time, gate.Cut);

    /// <summary>The one that the boundary made for this call.</summary>
    public static CallEnd Of(ServerCallContext context) => (CallEnd)context.UserState[Key];

    /// <summary>Something moved on the stream: its stall timeout starts anew.</summary>
    public void Moved()
    {
        if (_isStream)
        {
            _timeout.CancelAfter(_limit);
            _ticket.Moved(_time.GetTimestamp());
        }
    }

    /// <summary>The status of a call whose <see cref="Token"/> has fired; <see langword="null"/> if it hasn't.</summary>
    public Status? Reason()
    {
        // The cut first: it also tears connections down, which would look as if the client had left.
        if (_cut.IsCancellationRequested)
        {
            return new Status(StatusCode.Unavailable, Refusal.CutOff);
        }

        if (_ticket.Reason is { } reason)
        {
            return reason;
        }

        if (_context.CancellationToken.IsCancellationRequested)
        {
            return _context.Deadline <= DateTime.UtcNow
                ? new Status(StatusCode.DeadlineExceeded, "The call's deadline passed before all its texts were classified.")
                : new Status(StatusCode.Cancelled, "The client cancelled the call.");
        }

        if (!_timeout.IsCancellationRequested)
        {
            return null;
        }

        return new Status(StatusCode.DeadlineExceeded, _isStream
            ? $"Nothing moved on this stream for {Duration.Format(_limit)} (StallTimeout): read while sending, and close it when done."
            : $"The call took longer than {Duration.Format(_limit)} (DefaultDeadline); set a longer deadline in the call.");
    }

    public void Dispose()
    {
        _any.Dispose();
        _timeout.Dispose();
    }
}
