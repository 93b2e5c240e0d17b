using System.Diagnostics.CodeAnalysis;

namespace ValueImprint.Inference.Scheduling;

/// <summary>
/// Takes texts from lanes by deficit round robin (Shreedhar and Varghese, 1995): each lane in its turn gets the same credit, however
/// many texts it has and however long they are. A lane's own texts keep their order.
/// </summary>
internal sealed class FairTurns
{
    /// <summary>Credit of one turn: enough for the costliest text.</summary>
    public const int Quantum = 64 + LaneQueue.MostCharsWeighed;

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
