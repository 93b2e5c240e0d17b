namespace ValueImprint.Inference.Scheduling;

/// <summary>One call's texts, in their order. Guarded by the scheduler's lock.</summary>
internal sealed class LaneQueue
{
    /// <summary>A longer text weighs as much: the model sees no more of it.</summary>
    public const int MostCharsWeighed = 4096;

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
