namespace ValueImprint.Server.Hosting;

/// <summary>How far the server is in its life.</summary>
internal enum ServerPhase
{
    /// <summary>The models are loading; calls are refused as unavailable.</summary>
    Starting,

    /// <summary>Calls are taken.</summary>
    Serving,

    /// <summary>No new calls; those under way may finish.</summary>
    Draining,
}

/// <summary>What became of a call that asked to enter.</summary>
internal enum Admission
{
    Admitted,
    Starting,
    Draining,

    /// <summary>All slots are taken, by calls that move.</summary>
    Full,

    /// <summary>The caller has its share of the slots already.</summary>
    ClientFull,

    /// <summary>The message came too late: the call has been told to end.</summary>
    Ended,
}

/// <summary>
/// Decides under one lock which calls to the classifier are under way: so no call slips in between the decision to drain and the flip of
/// the health state. A call arrives, and takes a slot once its first message is there: one that never ends its message holds none. Those
/// that arrive are bounded too; when there are too many the oldest is ended, since a message of goodwill takes milliseconds.
/// </summary>
internal sealed class CallGate(int maxCalls, int maxCallsPerClient, TimeSpan yieldTimeout, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenSource _disconnect = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkedList<CallTicket> _arriving = new();
    private readonly LinkedList<CallTicket> _active = new();
    private readonly Dictionary<string, int> _callsByClient = [];
    private TaskCompletionSource _phaseChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServerPhase _phase = ServerPhase.Starting;
    private long _lastLeft = time.GetTimestamp();

    /// <summary>Fires when calls that are still under way have to end.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Fires when connections that are still open have to end, whatever is under way on them.</summary>
    public CancellationToken Disconnect => _disconnect.Token;

    public int Active
    {
        get
        {
            lock (_lock)
            {
                return _active.Count;
            }
        }
    }

    /// <summary>The phase, and a task that completes when it has changed.</summary>
    public (ServerPhase Phase, Task Changed) Observe()
    {
        lock (_lock)
        {
            return (_phase, _phaseChanged.Task);
        }
    }

    /// <summary>A call is there whose first message may still be on its way.</summary>
    public Admission TryArrive(CallTicket ticket)
    {
        CallTicket? displaced = null;
        lock (_lock)
        {
            if (_phase != ServerPhase.Serving)
            {
                return _phase == ServerPhase.Starting ? Admission.Starting : Admission.Draining;
            }

            if (_arriving.Count == maxCalls)
            {
                displaced = _arriving.First!.Value; // maxCalls is 1 or more.
                _arriving.RemoveFirst();
            }

            _arriving.AddLast(ticket.Place);
        }

        displaced?.End(CallTicket.Displaced);
        return Admission.Admitted;
    }

    /// <summary>The call's first message is there: takes a slot for it.</summary>
    public Admission TryEnter(CallTicket ticket)
    {
        CallTicket? yielding = null;
        lock (_lock)
        {
            if (ticket.Place.List != _arriving)
            {
                return Admission.Ended;
            }

            _arriving.Remove(ticket.Place);
            var ofClient = ticket.Client is null ? 0 : _callsByClient.GetValueOrDefault(ticket.Client);
            var isClientFull = ofClient >= maxCallsPerClient;
            if (isClientFull || _active.Count == maxCalls)
            {
                yielding = _active.FirstOrDefault(call =>
                    call.IsStream && time.GetElapsedTime(call.LastMoved) >= yieldTimeout && (!isClientFull || call.Client == ticket.Client));
                if (yielding is null)
                {
                    return isClientFull ? Admission.ClientFull : Admission.Full;
                }

                Remove(yielding);
            }

            _active.AddLast(ticket.Place);
            if (ticket.Client is not null)
            {
                _callsByClient[ticket.Client] = _callsByClient.GetValueOrDefault(ticket.Client) + 1;
            }
        }

        yielding?.End(CallTicket.Yielded);
        return Admission.Admitted;
    }

    /// <summary>The call is over, wherever it was.</summary>
    public void Leave(CallTicket ticket)
    {
        lock (_lock)
        {
            if (ticket.Place.List == _arriving)
            {
                _arriving.Remove(ticket.Place);
            }
            else if (ticket.Place.List == _active)
            {
                Remove(ticket);
                _lastLeft = time.GetTimestamp();
                if (_active.Count == 0 && _phase == ServerPhase.Draining)
                {
                    _empty.TrySetResult();
                }
            }
        }
    }

    /// <summary>Opens the gate; has no effect once draining has begun.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_phase == ServerPhase.Starting)
            {
                _lastLeft = time.GetTimestamp();
                Change(ServerPhase.Serving);
            }
        }
    }

    /// <summary>Closes the gate for good, for calls too whose message isn't there; the task completes when the last call has left.</summary>
    public Task BeginDrain()
    {
        CallTicket[] late;
        lock (_lock)
        {
            if (_phase != ServerPhase.Draining)
            {
                Change(ServerPhase.Draining);
            }

            late = [.. _arriving];
            _arriving.Clear();
            if (_active.Count == 0)
            {
                _empty.TrySetResult();
            }
        }

        foreach (var ticket in late)
        {
            ticket.End(CallTicket.Draining);
        }

        return _empty.Task;
    }

    /// <summary>Closes the gate if no call is under way and none was for <paramref name="idle"/>; else says when to ask again.</summary>
    public bool TryDrainWhenIdle(TimeSpan idle, out TimeSpan askAgain)
    {
        lock (_lock)
        {
            askAgain = _active.Count > 0 || _phase == ServerPhase.Starting ? idle : idle - time.GetElapsedTime(_lastLeft);
            if (askAgain > TimeSpan.Zero)
            {
                return false;
            }
        }

        BeginDrain();
        return true;
    }

    /// <summary>Ends all calls that are still under way.</summary>
    public void CutCalls() => _cut.Cancel();

    /// <summary>Ends all connections that are still open after <paramref name="grace"/>.</summary>
    public void DisconnectAfter(TimeSpan grace) => _disconnect.CancelAfter(grace);

    public void Dispose()
    {
        _cut.Dispose();
        _disconnect.Dispose();
    }

    private void Remove(CallTicket ticket)
    {
        _active.Remove(ticket.Place);
        if (ticket.Client is { } client && --_callsByClient[client] == 0)
        {
            _callsByClient.Remove(client);
        }
    }

    private void Change(ServerPhase phase)
    {
        _phase = phase;
        var changed = _phaseChanged;
        _phaseChanged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
