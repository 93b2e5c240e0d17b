using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Scheduling;

/// <summary>
/// Decides which texts run together and when. There is no waiting window: whoever asks for a batch gets what there is. Interactive texts
/// come encoded and are packed at the moment a batch is asked for, so that they wait for the running batch alone; bulk texts are taken
/// in rounds, encoded beside the running batch, and packed ahead of need. One lock guards it all; nothing slow happens under it.
/// </summary>
internal sealed partial class BatchScheduler(QueueRoom room, BatchLimits limits, int roundTexts, TimeSpan maxWait, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly FairTurns _interactive = new();
    private readonly FairTurns _bulk = new();
    private readonly ReadyBatches _ready = new();

    // For packing, and empty in between.
    private readonly List<PendingText> _packing = [];
    private readonly List<TextBatch> _packed = [];
    private TaskCompletionSource? _drained;
    private volatile bool _isDraining;
    private volatile bool _isStopped;

    /// <summary>Bulk texts that are packed and not running; below this another round is taken.</summary>
    private int LowWater => Math.Max(limits.Texts, roundTexts / 4);

    public BatchLimits Limits => limits;

    /// <summary>Batches for other texts.</summary>
    public TextBatches Batches { get; } = new();

    /// <summary>The outcome of a text that waited too long.</summary>
    public TextOutcome Expired { get; } = new()
    {
        Fault = new TextFault(TextFaultKind.Expired, string.Create(
            CultureInfo.InvariantCulture,
            $"waited longer than {maxWait.TotalSeconds:0.###} s for the model; send fewer texts at once, or more servers.")),
    };

    /// <summary>Texts in the engine: waiting, packed or running.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return room.Held;
            }
        }
    }

    /// <summary>Whether a text has waited too long.</summary>
    public bool HasExpired(PendingText text) => time.GetElapsedTime(text.Arrived) > maxWait;

    /// <exception cref="EngineStoppingException">No more texts are taken.</exception>
    public void ThrowIfStopping()
    {
        if (_isDraining || _isStopped)
        {
            throw new EngineStoppingException();
        }
    }

    /// <summary>Queues a text whose place has been taken; an interactive one must be encoded.</summary>
    public void Enqueue(PendingText text)
    {
        var isTooLate = false;
        lock (_gate)
        {
            if (_isStopped || text.Lane.IsClosed)
            {
                isTooLate = true;
            }
            else if (text.Lane.Priority == LanePriority.Interactive)
            {
                _interactive.Enqueue(text);
                Monitor.PulseAll(_gate);
            }
            else
            {
                _bulk.Enqueue(text);
                Monitor.PulseAll(_gate);
            }
        }

        if (isTooLate)
        {
            text.TryCancel(new CancellationToken(canceled: true));
            Retire(text);
        }
    }

    /// <summary>Whether a text that has its place is the only one in the engine, and may run.</summary>
    public bool IsAlone(PendingText text)
    {
        lock (_gate)
        {
            return room.Held == 1 && !_isStopped && !text.Lane.IsClosed;
        }
    }

    /// <summary>Waits for the next batch, interactive ones first.</summary>
    /// <returns><see langword="false"/> when the scheduler has stopped.</returns>
    public bool TryTakeBatch([MaybeNullWhen(false)] out TextBatch batch)
    {
        List<PendingText>? left = null;
        while (true)
        {
            lock (_gate)
            {
                // Ending a text calls out, so that the lock is let go in between.
                batch = null;
                while (!_isStopped && left is null && batch is null)
                {
                    PackInteractive(ref left);
                    if (_ready.TryTake(out batch))
                    {
                        Monitor.PulseAll(_gate);
                    }
                    else if (left is null)
                    {
                        Monitor.Wait(_gate);
                    }
                }

                if (_isStopped && batch is null && left is null)
                {
                    return false;
                }
            }

            Dismiss(ref left);
            if (batch is not null)
            {
                return true;
            }
        }
    }

    /// <summary>Waits until bulk texts wait and few packed ones are left, then takes a round of them, each lane its fair share.</summary>
    /// <returns><see langword="false"/> when the scheduler has stopped.</returns>
    public bool TryTakeRound(List<PendingText> round)
    {
        List<PendingText>? left = null;
        round.Clear();
        while (true)
        {
            lock (_gate)
            {
                while (!_isStopped && left is null && round.Count == 0)
                {
                    if (_ready.BulkTexts < LowWater)
                    {
                        Take(_bulk, round, ref left);
                    }

                    if (left is null && round.Count == 0)
                    {
                        Monitor.Wait(_gate);
                    }
                }

                if (_isStopped && round.Count == 0 && left is null)
                {
                    return false;
                }
            }

            Dismiss(ref left);
            if (round.Count > 0)
            {
                return true;
            }
        }
    }

    /// <summary>Hands over the packed batches of a bulk round.</summary>
    public void AddBulk(List<TextBatch> batches)
    {
        var isTooLate = false;
        lock (_gate)
        {
            isTooLate = _isStopped;
            if (!isTooLate)
            {
                _ready.Add(LanePriority.Bulk, CollectionsMarshal.AsSpan(batches));
                Monitor.PulseAll(_gate);
            }
        }

        if (isTooLate)
        {
            Cancel(batches.SelectMany(static batch => batch.Texts));
        }
    }

    /// <summary>Ends a call: its waiting texts are cancelled and their places are free at once.</summary>
    public void Close(LaneQueue lane)
    {
        List<PendingText> removed = [];
        List<RoomWaiter> waiters = [];
        lock (_gate)
        {
            lane.IsClosed = true;
            (lane.Priority == LanePriority.Interactive ? _interactive : _bulk).RemoveAll(lane, removed);
            room.RemoveAll(waiter => waiter.Lane == lane, waiters);
        }

        Cancel(removed);
        waiters.ForEach(static waiter => waiter.Refuse(new ObjectDisposedException(nameof(EngineLane))));
    }

    /// <summary>Takes no more texts; ends when the last one has left.</summary>
    public Task DrainAsync()
    {
        List<RoomWaiter> waiters = [];
        Task drained;
        lock (_gate)
        {
            _isDraining = true;
            room.RemoveAll(static _ => true, waiters);
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _drained.Task;
            AdmitAndSignal();
        }

        waiters.ForEach(static waiter => waiter.Refuse(new EngineStoppingException()));
        return drained;
    }

    /// <summary>Cancels whatever has not begun to run, and lets the takers go.</summary>
    public void Stop()
    {
        List<PendingText> removed = [];
        List<RoomWaiter> waiters = [];
        lock (_gate)
        {
            _isStopped = true;
            while (_interactive.TryDequeue(out var text) || _bulk.TryDequeue(out text))
            {
                removed.Add(text);
            }

            while (_ready.TryTake(out var batch))
            {
                removed.AddRange(batch.Texts);
            }

            room.RemoveAll(static _ => true, waiters);
            Monitor.PulseAll(_gate);
        }

        Cancel(removed);
        waiters.ForEach(static waiter => waiter.Refuse(new EngineStoppingException()));
    }

    private void PackInteractive(ref List<PendingText>? left)
    {
        if (_ready.InteractiveCount == 0 && _interactive.Count > 0)
        {
            Take(_interactive, _packing, ref left);
            LengthSortedRound.Pack(_packing, limits, Batches, _packed);
            _ready.Add(LanePriority.Interactive, CollectionsMarshal.AsSpan(_packed));
            _packing.Clear();
            _packed.Clear();
        }
    }

    // What nobody waits for any more, or what has waited too long, costs nothing but this look at it.
    private void Take(FairTurns turns, List<PendingText> round, ref List<PendingText>? left)
    {
        while (round.Count < roundTexts && turns.TryDequeue(out var text))
        {
            (text.IsDone || HasExpired(text) ? left ??= [] : round).Add(text);
        }
    }

    private void Dismiss(ref List<PendingText>? left)
    {
        if (left is null)
        {
            return;
        }

        foreach (var text in left)
        {
            text.TryComplete(Expired);
            Retire(text);
        }

        left = null;
    }

    private void Cancel(IEnumerable<PendingText> texts)
    {
        foreach (var text in texts)
        {
            text.TryCancel(new CancellationToken(canceled: true));
            Retire(text);
        }
    }
}
