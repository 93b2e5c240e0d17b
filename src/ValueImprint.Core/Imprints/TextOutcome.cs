namespace ValueImprint.Core.Imprints;

/// <summary>What became of one text: a classification, or a fault that is its own alone. Immutable.</summary>
public sealed class TextOutcome
{
    // One is made for every text, so these are narrow. Both are counted from 1; 0 is none.
    private readonly byte _stance;
    private readonly byte _truncation;

    /// <summary>Why there is no classification; <see langword="null"/> for a classified text. With a fault, scores are empty.</summary>
    public TextFault? Fault { get; init; }

    /// <summary>Calibrated probabilities, <c>[values]</c>, in the order of the model's taxonomy, each in [0, 1].</summary>
    public ReadOnlyMemory<float> Scores { get; init; }

    /// <summary>Index of the highest score, the first among equals; −1 with a fault.</summary>
    public int Top { get; init; } = -1;

    /// <summary>The highest score was below the abstention threshold.</summary>
    public bool Abstained { get; init; }

    /// <summary>
    /// Indexes of the values assigned: of a single-label model the top one, of a multi-label model all that reach its decision
    /// threshold, highest first. Empty when it abstained.
    /// </summary>
    public ReadOnlyMemory<int> Values { get; init; }

    /// <summary>How the answer treats the value; <see langword="null"/> where the model has no stance head.</summary>
    public Stance? Stance
    {
        get => _stance == 0 ? null : (Stance)(_stance - 1);
        init => _stance = value is { } stance ? (byte)(1 + (int)stance) : (byte)0;
    }

    /// <summary>Calibrated probability of <see cref="Stance"/>, in [0, 1]; 0 without a stance head.</summary>
    public float StanceScore { get; init; }

    /// <summary>Tokens of the whole text, special tokens included; see <see cref="IsTokenCountEstimated"/>.</summary>
    public int Tokens { get; init; }

    /// <summary>
    /// The text was so long that its middle was not tokenized: its share of <see cref="Tokens"/> is extrapolated from the rest. What the
    /// model saw is exact in any case.
    /// </summary>
    public bool IsTokenCountEstimated { get; init; }

    /// <summary>Tokens that the model saw, special tokens included.</summary>
    public int KeptTokens { get; init; }

    /// <summary>What the model saw of the text; <see langword="null"/>: all of it.</summary>
    public TruncationStrategy? Truncation
    {
        get => _truncation == 0 ? null : (TruncationStrategy)(_truncation - 1);
        init => _truncation = value is { } truncation ? (byte)(1 + (int)truncation) : (byte)0;
    }

    /// <summary>Where the time went; zero where nobody measured it.</summary>
    public TextTimings Timings { get; init; }

    /// <summary>Indexes of all values, the highest score first; equal scores keep the taxonomy's order.</summary>
    public int[] ValuesByScore()
    {
        var order = new int[Scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Array.Sort is not stable, so equal scores compare by their place in the taxonomy.
        Array.Sort(order, (left, right) =>
        {
            var comparison = Scores.Span[right].CompareTo(Scores.Span[left]);
            return comparison != 0 ? comparison : left.CompareTo(right);
        });
        return order;
    }
}

/// <summary>Why one text has no classification.</summary>
/// <param name="Kind">What to answer for it.</param>
/// <param name="Message">For a person: what was found, what was expected, what to do. Never holds the text.</param>
public sealed record TextFault(TextFaultKind Kind, string Message);

/// <summary>The kinds of <see cref="TextFault"/>.</summary>
public enum TextFaultKind
{
    /// <summary>Nothing but white space.</summary>
    Empty,

    /// <summary>More bytes than the classifier takes.</summary>
    TooLong,

    /// <summary>The tokenizer or the model failed on this text, or gave a score that is no number.</summary>
    Failed,

    /// <summary>The classifier was too busy to come to it in time, which says nothing about the text.</summary>
    Expired,
}

/// <summary>Where a text's time went.</summary>
/// <param name="Queue">From its arrival to the start of its batch, tokenizing excluded.</param>
/// <param name="Tokenize">In the tokenizer; of texts that went through it together, an equal share.</param>
/// <param name="Execute">The run of its batch through the model, whole.</param>
public readonly record struct TextTimings(TimeSpan Queue, TimeSpan Tokenize, TimeSpan Execute);
