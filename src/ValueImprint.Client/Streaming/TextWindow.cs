using System.Runtime.ExceptionServices;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Client.Streaming;

/// <summary>
/// The texts of a stream that were read and not yet handed out: a bounded queue, handed out in the order of reading, whatever the order
/// in which lanes take, answer and put back. When it is full, the source is not read: that bounds memory against a slow server as well
/// as against a caller that doesn't take its results.
/// </summary>
internal sealed class TextWindow<TState>(int mostTexts, long mostBytes)
{
    /// <summary>
    /// Most texts that a lane has under way while there are suspects, that is, texts that were under way when a stream broke. A second
    /// break then accuses a handful of rows, not a thousand.
    /// </summary>
    public const int MostBesideSuspects = 8;

    private readonly Lock _lock = new();
    private readonly Queue<PendingText<TState>> _order = new();
    private readonly PriorityQueue<PendingText<TState>, long> _unsent = new();
    private readonly Signal _room = new();
    private readonly Signal _work = new();
    private readonly Signal _head = new();
    private ExceptionDispatchInfo? _failure;
    private long _bytes;
    private long _read;
    private int _suspects;
    private int _unanswered;
    private bool _complete;

    /// <summary>Most texts held at any moment.</summary>
    public int PeakTexts { get; private set; }

    /// <summary>Most bytes of texts held at any moment.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Waits for room, then adds a text behind all others.</summary>
    /// <param name="state">The caller's own.</param>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Its length in UTF-8.</param>
    /// <param name="answer">Set for a text that needn't be sent.</param>
    /// <param name="ct">Ends the wait.</param>
    public async ValueTask AddAsync(TState state, string text, int bytes, TextOutcome? answer, CancellationToken ct)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_order.Count == 0 || (_order.Count < mostTexts && _bytes + bytes <= mostBytes))
                {
                    Add(new PendingText<TState>(state, text, bytes, _read++) { Outcome = answer });
                    return;
                }

                room = _room.Next;
            }

            await room.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>No more texts will be added.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            RaiseAll();
        }
    }

    /// <summary>Ends everything; the taker of results sees the exception.</summary>
    public void Fail(Exception failure)
    {
        lock (_lock)
        {
            _failure ??= ExceptionDispatchInfo.Capture(failure);
            RaiseAll();
        }
    }

    /// <summary>Waits until a lane could take something; false when no text will ever need sending again.</summary>
    public async ValueTask<bool> WaitForWorkAsync(CancellationToken ct)
    {
        while (true)
        {
            Task work;
            lock (_lock)
            {
                if (_unsent.Count > 0 || _failure is not null || (_complete && _unanswered == 0))
                {
                    return _unsent.Count > 0 && _failure is null;
                }

                work = _work.Next;
            }

            await work.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for texts to send and adds them to <paramref name="underWay"/>.</summary>
    /// <param name="underWay">What the lane has sent and not been answered; changed under the window's lock.</param>
    /// <param name="batch">Receives the texts taken; empty when none will come unless another lane puts some back.</param>
    /// <param name="mostInBatch">Most texts to take.</param>
    /// <param name="batchBytes">Bytes after which no further one is taken.</param>
    /// <param name="ct">Ends the wait.</param>
    public async ValueTask TakeAsync(
        Queue<PendingText<TState>> underWay, List<PendingText<TState>> batch, int mostInBatch, int batchBytes, CancellationToken ct)
    {
        while (true)
        {
            Task work;
            lock (_lock)
            {
                var most = _suspects > 0 ? Math.Min(mostInBatch, MostBesideSuspects - underWay.Count) : mostInBatch;
                for (long bytes = 0; batch.Count < most && bytes < batchBytes && _unsent.TryDequeue(out var pending, out _); bytes += pending.Bytes)
                {
                    batch.Add(pending);
                    underWay.Enqueue(pending);
                }

                if (batch.Count > 0 || _failure is not null || (_complete && _unsent.Count == 0))
                {
                    return;
                }

                work = _work.Next;
            }

            await work.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>The answer to the lane's oldest text under way; false when none is, so that the server answered too much.</summary>
    public bool TryAnswer(Queue<PendingText<TState>> underWay, TextOutcome outcome)
    {
        lock (_lock)
        {
            if (!underWay.TryDequeue(out var pending))
            {
                return false;
            }

            pending.Outcome = outcome;
            _unanswered--;
            _suspects -= pending.Breaks > 0 ? 1 : 0;
            if (_order.Peek() == pending)
            {
                _head.Raise();
            }

            // Lanes may wait for their share of suspects to shrink, or for the last answer of all.
            if (_suspects > 0 || pending.Breaks > 0 || (_complete && _unanswered == 0))
            {
                _work.Raise();
            }

            return true;
        }
    }

    /// <summary>How many texts the lane has under way.</summary>
    public int Count(Queue<PendingText<TState>> underWay)
    {
        lock (_lock)
        {
            return underWay.Count;
        }
    }

    /// <summary>The lane's stream broke: its texts will be sent again.</summary>
    /// <param name="underWay">The lane's texts.</param>
    /// <param name="accuse">Whether the texts may have caused the break.</param>
    /// <returns>The texts that were under way, oldest first.</returns>
    public IReadOnlyList<PendingText<TState>> PutBack(Queue<PendingText<TState>> underWay, bool accuse)
    {
        lock (_lock)
        {
            PendingText<TState>[] broken = [.. underWay];
            underWay.Clear();
            foreach (var pending in broken)
            {
                if (accuse)
                {
                    _suspects += pending.Breaks++ == 0 ? 1 : 0;
                }

                _unsent.Enqueue(pending, pending.Index);
            }

            _work.Raise();
            return broken;
        }
    }

    /// <summary>Waits for the answer to the oldest text and hands it out; null at the end.</summary>
    public async ValueTask<PendingText<TState>?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            Task head;
            lock (_lock)
            {
                if (_order.TryPeek(out var first) && first.Outcome is not null)
                {
                    _order.Dequeue();
                    _bytes -= first.Bytes;
                    _room.Raise();
                    return first;
                }

                _failure?.Throw();
                if (_complete && _order.Count == 0)
                {
                    return null;
                }

                head = _head.Next;
            }

            await head.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private void Add(PendingText<TState> pending)
    {
        _order.Enqueue(pending);
        _bytes += pending.Bytes;
        PeakTexts = Math.Max(PeakTexts, _order.Count);
        PeakBytes = Math.Max(PeakBytes, _bytes);
        if (pending.Outcome is null)
        {
            _unanswered++;
            _unsent.Enqueue(pending, pending.Index);
            _work.Raise();
        }
        else if (_order.Count == 1)
        {
            _head.Raise();
        }
    }

    private void RaiseAll()
    {
        _room.Raise();
        _work.Raise();
        _head.Raise();
    }
}

/// <summary>A text between its reading and its handing out. Changed under the window's lock alone.</summary>
internal sealed class PendingText<TState>(TState state, string text, int bytes, long index)
{
    public TState State => state;

    public string Text => text;

    /// <summary>Length in UTF-8.</summary>
    public int Bytes => bytes;

    /// <summary>Place in the stream, from 0.</summary>
    public long Index => index;

    /// <summary>How many streams broke while the text was under way on them.</summary>
    public int Breaks { get; set; }

    /// <summary>The answer, once it is there.</summary>
    public TextOutcome? Outcome { get; set; }
}

/// <summary>Wakes whoever waits for a change of state that a lock guards. Used under that lock; costs nothing while nobody waits.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Ends at the next <see cref="Raise"/>; wait outside the lock, then look again.</summary>
    public Task Next => (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Raise()
    {
        _waiting?.SetResult();
        _waiting = null;
    }
}
