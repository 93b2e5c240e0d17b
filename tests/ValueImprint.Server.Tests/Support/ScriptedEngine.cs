using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Server.Models;

namespace ValueImprint.Server.Tests.Support;

/// <summary>
/// An engine whose time the test owns: it answers at once, or holds its texts until told to go on. What it says about a text is a
/// function of the text alone. Texts: <c>!fault</c> fails, <c>!expire</c> expires, <c>!throw</c> is a fault
/// of the engine, white space is empty.
/// </summary>
internal sealed class ScriptedEngine(string name = "scripted", int capacity = 1_000_000) : IModelEngine
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(TaskCompletionSource<TextOutcome> Answer, string Text)> _held = [];
    private readonly SemaphoreSlim _room = new(capacity, capacity);
    private bool _isHolding;

    public ModelDescription Model { get; } = Describe(name);

    public int QueuedTexts => capacity - _room.CurrentCount;

    public int Lanes { get; private set; }

    public int OpenLanes { get; private set; }

    public int MostQueued { get; private set; }

    public bool IsDisposed { get; private set; }

    public static string[] Values { get; } = [.. ValueTaxonomy.BuiltIn.Values.Select(static value => value.Id)];

    /// <summary>From now on texts wait for <see cref="Release"/>.</summary>
    public ScriptedEngine Hold()
    {
        lock (_lock)
        {
            _isHolding = true;
        }

        return this;
    }

    /// <summary>Answers what is held, and everything later at once.</summary>
    public void Release()
    {
        List<(TaskCompletionSource<TextOutcome> Answer, string Text)> held;
        lock (_lock)
        {
            _isHolding = false;
            held = [.. _held];
            _held.Clear();
        }

        // Backwards: a service that answered in the order of completion would be seen.
        foreach (var (answer, text) in Enumerable.Reverse(held))
        {
            Answer(answer, text);
        }
    }

    public Task QueuedAsync(int texts) => Within.Until(() => QueuedTexts >= texts, $"{texts} texts in the queue");

    public IModelLane OpenLane(LanePriority priority)
    {
        lock (_lock)
        {
            Lanes++;
            OpenLanes++;
        }

        return new Lane(this);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>What the engine says about a text.</summary>
    public static TextOutcome Outcome(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new TextOutcome { Fault = new TextFault(TextFaultKind.Empty, "The text is empty.") };
        }

        if (text.StartsWith("!fault", StringComparison.Ordinal))
        {
            return new TextOutcome { Fault = new TextFault(TextFaultKind.Failed, "The model failed on this text.") };
        }

        if (text.StartsWith("!expire", StringComparison.Ordinal))
        {
            return new TextOutcome { Fault = new TextFault(TextFaultKind.Expired, "The text waited too long.") };
        }

        var seed = text.Aggregate(17, static (hash, letter) => unchecked((hash * 31) + letter));
        var random = new Random(seed);
        var scores = Values.Select(_ => random.NextSingle() + 0.01f).ToArray();
        var sum = scores.Sum();
        scores = [.. scores.Select(score => score / sum)];
        var top = Array.IndexOf(scores, scores.Max());
        return new TextOutcome
        {
            Scores = scores,
            Top = top,
            Values = new[] { top },
            Stance = (Stance)(Math.Abs(seed) % 3),
            StanceScore = 0.5f,
            Tokens = text.Length,
            KeptTokens = Math.Min(text.Length, 256),
            Truncation = text.Length > 256 ? TruncationStrategy.HeadTail : null,
            Timings = new TextTimings(TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(0.25), TimeSpan.FromMilliseconds(2)),
        };
    }

    private void Answer(TaskCompletionSource<TextOutcome> answer, string text)
    {
        if (text.StartsWith("!throw", StringComparison.Ordinal) && answer.TrySetException(new InvalidOperationException("scripted")))
        {
            _room.Release();
            return;
        }

        if (answer.TrySetResult(Outcome(text)))
        {
            _room.Release();
        }
    }

    private ValueTask<TextOutcome> Admit(string text, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<TextOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = false;
        lock (_lock)
        {
            MostQueued = Math.Max(MostQueued, QueuedTexts);
            if (_isHolding)
            {
                _held.AddLast((answer, text));
                held = true;
            }
        }

        if (!held)
        {
            Answer(answer, text);
        }

        var registration = cancellation.Register(() =>
        {
            if (answer.TrySetCanceled(cancellation))
            {
                _room.Release();
            }
        });
        _ = answer.Task.ContinueWith(_ => registration.Dispose(), TaskScheduler.Default);
        return new ValueTask<TextOutcome>(answer.Task);
    }

    private static ModelDescription Describe(string name) => new()
    {
        Name = name,
        Version = "1.0.0",
        ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))),
        TokenizerHash = new string('b', 64),
        Taxonomy = ValueTaxonomy.BuiltIn,
        IsTaxonomyAdHoc = false,
        ProblemType = ProblemType.SingleLabel,
        Variant = "fp32",
        ExecutionProvider = "CPUExecutionProvider",
        MaxTokens = 256,
        Truncation = TruncationStrategy.HeadTail,
        HeadShare = 0.5,
        Temperature = 1,
        AbstainBelow = 0,
        DecisionThreshold = 0.5,
        HasStance = true,
        License = "Apache-2.0",
        Confusion = [.. Enumerable.Range(0, 49).Select(static i => (long)i)],
    };

    private sealed class Lane(ScriptedEngine engine) : IModelLane
    {
        private readonly CancellationTokenSource _closed = new();

        public bool TryEnqueue(string text, TextOptions options, CancellationToken cancellation, out ValueTask<TextOutcome> outcome)
        {
            outcome = default;
            if (!engine._room.Wait(0, CancellationToken.None))
            {
                return false;
            }

            outcome = engine.Admit(text, End(cancellation));
            return true;
        }

        public async ValueTask<ValueTask<TextOutcome>> EnqueueAsync(string text, TextOptions options, CancellationToken cancellation)
        {
            await engine._room.WaitAsync(cancellation);
            return engine.Admit(text, End(cancellation));
        }

        private CancellationToken End(CancellationToken call) => CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, call).Token;

        public void Dispose()
        {
            _closed.Cancel();
            lock (engine._lock)
            {
                engine.OpenLanes--;
            }
        }
    }
}
