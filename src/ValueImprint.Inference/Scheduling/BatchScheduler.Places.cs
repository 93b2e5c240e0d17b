namespace ValueImprint.Inference.Scheduling;

/// <content>Places in the queue: taken before a text is looked at, given back when it has left the engine.</content>
internal sealed partial class BatchScheduler
{
    /// <summary>Takes a place in the queue for a text of the lane.</summary>
    /// <exception cref="EngineStoppingException">No more texts are taken.</exception>
    public bool TryTakePlace(LaneQueue lane)
    {
        lock (_gate)
        {
            ThrowIfClosed(lane);
            return room.TryTake(lane);
        }
    }

    /// <summary>Takes a place in the queue, if need be later. Waiters are let in in the order of their arrival.</summary>
    public Task TakePlaceAsync(LaneQueue lane, CancellationToken cancellationToken)
    {
        RoomWaiter waiter;
        LinkedListNode<RoomWaiter> place;
        lock (_gate)
        {
            ThrowIfClosed(lane);
            if (room.TryTake(lane))
            {
                return Task.CompletedTask;
            }

            waiter = new RoomWaiter(lane);
            place = room.Wait(waiter);
        }

        return cancellationToken.CanBeCanceled ? WaitCancellableAsync(waiter, place, cancellationToken) : waiter.Admitted;
    }

    /// <summary>Gives a place back that was taken and not used.</summary>
    public void GivePlaceBack(LaneQueue lane)
    {
        lock (_gate)
        {
            room.GiveBack(lane);
            AdmitAndSignal();
        }
    }

    /// <summary>A text has left the engine: gives its buffer and its place back.</summary>
    public void Retire(PendingText text)
    {
        var lane = text.Lane;
        text.Release();
        GivePlaceBack(lane);
    }

    /// <summary>All these texts have left the engine.</summary>
    public void Retire(ReadOnlySpan<PendingText> texts)
    {
        lock (_gate)
        {
            foreach (var text in texts)
            {
                room.GiveBack(text.Lane);
                text.Release();
            }

            AdmitAndSignal();
        }
    }

    private void ThrowIfClosed(LaneQueue lane)
    {
        ObjectDisposedException.ThrowIf(lane.IsClosed, typeof(EngineLane));
        ThrowIfStopping();
    }

    private void AdmitAndSignal()
    {
        if (room.HasWaiters)
        {
            List<RoomWaiter> admitted = [];
            room.Admit(admitted);
            admitted.ForEach(static waiter => waiter.Admit());
        }

        if (room.Held == 0)
        {
            _drained?.TrySetResult();
        }
    }

    private async Task WaitCancellableAsync(RoomWaiter waiter, LinkedListNode<RoomWaiter> place, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                bool hasLeft;
                lock (_gate)
                {
                    hasLeft = room.TryLeave(place);
                }

                // Otherwise its place is taken already, and the text will be dropped from the queue.
                if (hasLeft)
                {
                    waiter.Cancel(token);
                }
            },
            null);
        await waiter.Admitted.ConfigureAwait(false);
    }
}
