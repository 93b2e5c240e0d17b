using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Scheduling;

/// <summary>Keeps what served a text for the next one, up to a number: in a steady stream none is made anew.</summary>
/// <param name="most">Most that are kept.</param>
/// <param name="ended">Called once for each text, with how it ended.</param>
internal sealed class PendingTexts(int most, Action<PendingText, TextOutcome?> ended)
{
    private readonly Lock _lock = new();
    private readonly Stack<PendingText> _free = new();

    /// <summary>How many wait for a text.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _free.Count;
            }
        }
    }

    public PendingText Begin(string text, TextOptions options, LaneQueue lane, long arrived)
    {
        PendingText? pending;
        lock (_lock)
        {
            _free.TryPop(out pending);
        }

        pending ??= new PendingText(this) { Ended = ended };
        pending.Begin(text, options, lane, arrived);
        return pending;
    }

    /// <summary>Called by the text itself, when its caller has its outcome and the engine has let it go.</summary>
    public void Return(PendingText text)
    {
        lock (_lock)
        {
            if (_free.Count < most)
            {
                _free.Push(text);
            }
        }
    }
}
