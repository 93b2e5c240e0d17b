using System.Diagnostics.CodeAnalysis;

namespace ValueImprint.Inference.Scheduling;

/// <summary>
/// Takes texts from lanes by deficit round robin (Shreedhar and Varghese, 1995): each lane in its turn gets the same credit, however
/// many texts it has and however long they are. A lane's own texts keep their order.
/// </summary>
internal sealed class FairTurns
{
    /// <summary>Credit of one turn: enough for the costliest text.</summary>
    public const int Quantum = 64 + LaneQueue.MaxCharsWeighed;

    private readonly LinkedList<LaneQueue> _turns = new();
    private bool _isTurnBegun;

    /// <summary>Texts waiting in all lanes.</summary>
    public int Count { get; private set; }

    public void Enqueue(PendingText text)
    {
        var lane = text.Lane;
        lane.Enqueue(text);
        Count++;
        if (!lane.IsInTurn)
        {
            lane.IsInTurn = true;
            lane.Credit = 0;
            _turns.AddLast(lane.Turn);
        }
    }

    /// <summary>The next text in turn. A turn that a full round cuts short goes on with the next round.</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out PendingText text)
    {
        while (_turns.First is { } turn)
        {
            var lane = turn.Value;
            if (!_isTurnBegun)
            {
                lane.Credit += Quantum;
                _isTurnBegun = true;
            }

            if (lane.Count > 0 && lane.Peek().Cost <= lane.Credit)
            {
                text = lane.Dequeue();
                lane.Credit -= text.Cost;
                Count--;
                return true;
            }

            _isTurnBegun = false;
            _turns.RemoveFirst();
            if (lane.Count > 0)
            {
                _turns.AddLast(turn);
            }
            else
            {
                // Credit is not saved up by a lane that has nothing to send.
                lane.IsInTurn = false;
                lane.Credit = 0;
            }
        }

        text = null;
        return false;
    }

    /// <summary>Takes every text of a lane out, wherever its turn is.</summary>
    public void RemoveAll(LaneQueue lane, List<PendingText> removed)
    {
        Count -= lane.Count;
        while (lane.Count > 0)
        {
            removed.Add(lane.Dequeue());
        }
    }
}

/// <summary>One call's texts, in their order. Guarded by the scheduler's lock.</summary>
internal sealed class LaneQueue
{
    /// <summary>A longer text weighs as much: the model sees no more of it.</summary>
    public const int MaxCharsWeighed = 4096;

    private readonly Queue<PendingText> _texts = new();

    public LaneQueue(LanePriority priority)
    {
        Priority = priority;
        Turn = new LinkedListNode<LaneQueue>(this);
    }

    public LanePriority Priority { get; }

    /// <summary>Its place in the order of turns, in which it is again and again.</summary>
    public LinkedListNode<LaneQueue> Turn { get; }

    /// <summary>Waiting for a round.</summary>
    public int Count => _texts.Count;

    /// <summary>In the engine without having left it: waiting, in a round, or running.</summary>
    public int Held { get; set; }

    /// <summary>Callers that wait for room.</summary>
    public int Waiting { get; set; }

    /// <summary>What the lane may still take in its turn.</summary>
    public int Credit { get; set; }

    /// <summary>Has its place in the order of turns.</summary>
    public bool IsInTurn { get; set; }

    public bool IsClosed { get; set; }

    public PendingText Peek() => _texts.Peek();

    public void Enqueue(PendingText text) => _texts.Enqueue(text);

    public PendingText Dequeue() => _texts.Dequeue();
}
