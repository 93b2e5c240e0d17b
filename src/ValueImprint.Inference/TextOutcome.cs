using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference;

/// <summary>What became of one text: a classification, or a fault that is its own alone. Immutable.</summary>
public sealed class TextOutcome
{
    // One is made for every text, so these are narrow. The stance is counted from 1; 0 is none.
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
    /// The text was longer than <see cref="EngineOptions.ExactCountChars"/>: its middle was not tokenized, and its share of
    /// <see cref="Tokens"/> is extrapolated from the rest. What the model saw is exact in any case.
    /// </summary>
    public bool IsTokenCountEstimated { get; init; }

    /// <summary>Tokens that the model saw, special tokens included.</summary>
    public int KeptTokens { get; init; }

    /// <summary>What the model saw of the text.</summary>
    public TruncationKind Truncation
    {
        get => (TruncationKind)_truncation;
        init => _truncation = (byte)value;
    }

    /// <summary>Where the time went.</summary>
    public TextTimings Timings { get; init; }
}
