namespace ValueImprint.Inference.Scheduling;

/// <summary>Counts the texts in the engine against its limits, and lets in those that wait for room, in the order of their waiting.</summary>
internal sealed class QueueRoom(int queueLength, int laneLength)
{
    // A lane's first waiter stands for the lane here; a lane that is full itself is passed over.
    private readonly LinkedList<RoomWaiter> _waiters = new();
    private int _bulkHeld;

    /// <summary>Bulk lanes together leave a quarter of the queue to interactive ones.</summary>
    public int MaxBulk { get; } = Math.Max(1, queueLength - (queueLength / 4));

    /// <summary>Texts in the engine.</summary>
    public int Held { get; private set; }

    public bool HasWaiters => _waiters.Count > 0;

    /// <summary>Takes a place. Nobody overtakes one who waits in the same lane.</summary>
    public bool TryTake(LaneQueue lane)
    {
        if (!HasRoom(lane) || lane.Waiting > 0)
        {
            return false;
        }

        Take(lane);
        return true;
    }

    public LinkedListNode<RoomWaiter> Wait(RoomWaiter waiter)
    {
        waiter.Lane.Waiting++;
        return _waiters.AddLast(waiter);
    }

    /// <summary>Gives up waiting.</summary>
    /// <returns>Whether it still waited.</returns>
    public bool TryLeave(LinkedListNode<RoomWaiter> waiter)
    {
        if (waiter.List is null)
        {
            return false;
        }

        Remove(waiter);
        return true;
    }

    /// <summary>Gives a place back.</summary>
    public void GiveBack(LaneQueue lane)
    {
        Held--;
        lane.Held--;
        if (lane.Priority == LanePriority.Bulk)
        {
            _bulkHeld--;
        }
    }

    /// <summary>Lets in whoever has room now; their places are taken.</summary>
    public void Admit(List<RoomWaiter> admitted)
    {
        for (var node = _waiters.First; node is not null && Held < queueLength;)
        {
            var next = node.Next;
            if (HasRoom(node.Value.Lane))
            {
                Take(node.Value.Lane);
                Remove(node);
                admitted.Add(node.Value);
            }

            node = next;
        }
    }

    public void RemoveAll(Predicate<RoomWaiter> which, List<RoomWaiter> removed)
    {
        for (var node = _waiters.First; node is not null;)
        {
            var next = node.Next;
            if (which(node.Value))
            {
                Remove(node);
                removed.Add(node.Value);
            }

            node = next;
        }
    }

    private void Remove(LinkedListNode<RoomWaiter> waiter)
    {
        waiter.Value.Lane.Waiting--;
        _waiters.Remove(waiter);
    }

    private bool HasRoom(LaneQueue lane) =>
        Held < queueLength && lane.Held < laneLength && (lane.Priority == LanePriority.Interactive || _bulkHeld < MaxBulk);

    private void Take(LaneQueue lane)
    {
        Held++;
        lane.Held++;
        if (lane.Priority == LanePriority.Bulk)
        {
            _bulkHeld++;
        }
    }
}

/// <summary>Somebody who waits for a place in the queue.</summary>
internal sealed class RoomWaiter(LaneQueue lane)
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LaneQueue Lane => lane;

    /// <summary>Ends when a place has been taken for it, or the waiting is over otherwise.</summary>
    public Task Admitted => _admitted.Task;

    public void Admit() => _admitted.TrySetResult();

    public void Refuse(Exception reason) => _admitted.TrySetException(reason);

    public void Cancel(CancellationToken token) => _admitted.TrySetCanceled(token);
}
