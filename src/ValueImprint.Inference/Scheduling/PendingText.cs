using System.Threading.Tasks.Sources;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Scheduling;

/// <summary>
/// A text on its way through the engine, and the source of its outcome. Whoever completes it first wins: the batch that ran it, its
/// caller's cancellation, or the engine's end. It serves another text when both its caller and the engine are done with it; see
/// <see cref="PendingTexts"/>.
/// </summary>
internal sealed class PendingText : IValueTaskSource<TextOutcome>
{
    private const int TakenByCaller = 1;
    private const int LeftEngine = 2;

    private readonly PendingTexts? _home;
    private ManualResetValueTaskSourceCore<TextOutcome> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private EncodedText _encoded;
    private int _isDone;
    private int _parted;
    private bool _mayBeCancelledLate;

    /// <summary>For one text alone.</summary>
    public PendingText(string text, TextOptions options, LaneQueue lane, long arrived)
    {
        Begin(text, options, lane, arrived);
    }

    /// <summary>For texts to begin.</summary>
    /// <param name="home">Where it goes when nobody needs it any more.</param>
    public PendingText(PendingTexts home) => _home = home;

    /// <summary>Called once for each text, with how it ended, when its outcome is set.</summary>
    public Action<PendingText, TextOutcome?>? Ended { get; init; }

    public string? Text { get; private set; }

    public TextOptions Options { get; private set; }

    public LaneQueue Lane { get; private set; } = null!; // Set by Begin.

    /// <summary>Timestamp of its arrival.</summary>
    public long Arrived { get; private set; }

    /// <summary>What it will take, roughly, to weigh lanes against each other: characters, and something for being a text at all.</summary>
    public int Cost { get; private set; }

    public TimeSpan TokenizeTime { get; private set; }

    public int Kept => _encoded.Kept;

    public ref readonly EncodedText Encoded => ref _encoded;

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsDone => Volatile.Read(ref _isDone) != 0;

    /// <summary>To be awaited once.</summary>
    public ValueTask<TextOutcome> Outcome => new(this, _source.Version);

    public static int CostOf(string text) => 64 + Math.Min(text.Length, LaneQueue.MaxCharsWeighed);

    /// <summary>Starts on a text.</summary>
    public void Begin(string text, TextOptions options, LaneQueue lane, long arrived)
    {
        (Text, Options, Lane, Arrived, Cost) = (text, options, lane, arrived, CostOf(text));
        (_encoded, TokenizeTime, _registration) = (default, default, default);
        (_parted, _isDone) = (0, 0);
    }

    public void CancelWith(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            _mayBeCancelledLate = true;
            _registration = token.UnsafeRegister(static (state, token) => ((PendingText)state!).TryCancel(token), this);
        }
    }

    public void SetEncoded(in EncodedText encoded, TimeSpan time)
    {
        _encoded = encoded;
        TokenizeTime = time;

        // The ids are all that is needed from here on.
        Text = null;
    }

    public bool TryComplete(TextOutcome outcome)
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0)
        {
            return false;
        }

        // Where this fails the cancellation is under way, and would hit whatever text this serves next.
        _mayBeCancelledLate = _mayBeCancelledLate && !_registration.Unregister();
        Ended?.Invoke(this, outcome);
        _source.SetResult(outcome);
        return true;
    }

    public bool TryCancel(CancellationToken token)
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0)
        {
            return false;
        }

        _registration.Unregister();
        Ended?.Invoke(this, null);
        _source.SetException(new OperationCanceledException(token));
        return true;
    }

    /// <summary>
    /// The engine is done with it: gives the ids' buffer back. Called once, by whoever takes the text out of the engine, who must not
    /// touch it afterwards.
    /// </summary>
    public void Release()
    {
        _encoded.Release();
        Text = null;
        Part(LeftEngine);
    }

    TextOutcome IValueTaskSource<TextOutcome>.GetResult(short token)
    {
        // Throws for one that was cancelled, which is not used again, and for an outcome that was taken before.
        var outcome = _source.GetResult(token);
        Part(TakenByCaller);
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<TextOutcome>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<TextOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Part(int who)
    {
        var before = Interlocked.Or(ref _parted, who);
        if (_home is not null && before != (before | who) && (before | who) == (TakenByCaller | LeftEngine) && !_mayBeCancelledLate)
        {
            _source.Reset();
            Lane = null!; // Nobody looks at it before the next text begins.
            _home.Return(this);
        }
    }
}

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
