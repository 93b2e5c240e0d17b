namespace ValueImprint.Client.Streaming;

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
