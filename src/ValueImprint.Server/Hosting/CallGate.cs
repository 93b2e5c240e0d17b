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
    Full,
}

/// <summary>
/// Counts the calls to the classifier and decides, under one lock, whether another may enter: so no call slips in between the decision
/// to drain and the flip of the health state.
/// </summary>
internal sealed class CallGate(int maxCalls, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _phaseChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServerPhase _phase = ServerPhase.Starting;
    private int _active;
    private long _lastLeft = time.GetTimestamp();

    /// <summary>Fires when calls that are still under way have to end.</summary>
    public CancellationToken Cut => _cut.Token;

    public int Active
    {
        get
        {
            lock (_lock)
            {
                return _active;
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

    public Admission TryEnter()
    {
        lock (_lock)
        {
            switch (_phase)
            {
                case ServerPhase.Starting:
                    return Admission.Starting;
                case ServerPhase.Draining:
                    return Admission.Draining;
                default:
                    if (_active == maxCalls)
                    {
                        return Admission.Full;
                    }

                    _active++;
                    return Admission.Admitted;
            }
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _active--;
            _lastLeft = time.GetTimestamp();
            if (_active == 0 && _phase == ServerPhase.Draining)
            {
                _empty.TrySetResult();
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

    /// <summary>Closes the gate for good; the task completes when the last call has left.</summary>
    public Task BeginDrain()
    {
        lock (_lock)
        {
            if (_phase != ServerPhase.Draining)
            {
                Change(ServerPhase.Draining);
            }

            if (_active == 0)
            {
                _empty.TrySetResult();
            }

            return _empty.Task;
        }
    }

    /// <summary>Closes the gate if no call is under way and none was for <paramref name="idle"/>; else says when to ask again.</summary>
    public bool TryDrainWhenIdle(TimeSpan idle, out TimeSpan askAgain)
    {
        lock (_lock)
        {
            askAgain = _active > 0 || _phase == ServerPhase.Starting ? idle : idle - time.GetElapsedTime(_lastLeft);
            if (askAgain > TimeSpan.Zero)
            {
                return false;
            }

            BeginDrain();
            return true;
        }
    }

    /// <summary>Ends all calls that are still under way.</summary>
    public void CutCalls() => _cut.Cancel();

    public void Dispose() => _cut.Dispose();

    private void Change(ServerPhase phase)
    {
        _phase = phase;
        var changed = _phaseChanged;
        _phaseChanged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
