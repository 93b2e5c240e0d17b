using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Imprints;

/// <summary>Which model made an imprint, and everything about it that can change a label.</summary>
public sealed record ImprintModel
{
    /// <summary>The model package's name.</summary>
    public required string Name { get; init; }

    /// <summary>The package's own version; empty where it states none.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 over the files that decide a result, lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>SHA-256 over the tokenizer's files alone, lower-case hex.</summary>
    public required string TokenizerHash { get; init; }

    /// <summary>Which graph of the package ran: <c>fp32</c>, <c>int8</c>, <c>fp16</c>.</summary>
    public string Variant { get; init; } = "fp32";

    /// <summary>One value a text, or any number.</summary>
    public ProblemType ProblemType { get; init; }

    /// <summary>Most tokens of a text that the model sees, special tokens included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>What is kept of a longer text.</summary>
    public TruncationStrategy Truncation { get; init; }

    /// <summary>Share of the kept head in <see cref="TruncationStrategy.HeadTail"/>, in [0, 1].</summary>
    public double HeadShare { get; init; }

    /// <summary>Divides the logits before softmax or sigmoid; 1 leaves them as they are.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Top score under which the model abstains, in [0, 1]; 0 never abstains.</summary>
    public double AbstainBelow { get; init; }

    /// <summary>The model also says how the answer treats the value.</summary>
    public bool HasStance { get; init; }

    /// <summary>The model's known errors; <see langword="null"/> where the package states none.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>What differs between two models, for a message; <see langword="null"/> where nothing does.</summary>
    public string? DifferenceTo(ImprintModel other) =>
        ContentHash != other.ContentHash ? $"content hash {Start(ContentHash)} and {Start(other.ContentHash)}"
        : Variant != other.Variant ? $"variant {Variant} and {other.Variant}"
        : AbstainBelow != other.AbstainBelow ? FormattableString.Invariant($"abstention threshold {AbstainBelow} and {other.AbstainBelow}")
        : Truncation != other.Truncation || MaxTokens != other.MaxTokens || HeadShare != other.HeadShare ? "truncation"
        : Temperature != other.Temperature ? FormattableString.Invariant($"temperature {Temperature} and {other.Temperature}")
        : this != other ? $"description ({Name} {Version} and {other.Name} {other.Version})"
        : null;

    private static string Start(string hash) => hash[..Math.Min(12, hash.Length)];
}

/// <summary>How many values a model gives to a text.</summary>
public enum ProblemType
{
    /// <summary>One, or none when it abstains.</summary>
    SingleLabel,

    /// <summary>Any number, each on its own.</summary>
    MultiLabel,
}

/// <summary>What a model sees of a text that is too long for it.</summary>
public enum TruncationStrategy
{
    /// <summary>The beginning.</summary>
    Head,

    /// <summary>The end.</summary>
    Tail,

    /// <summary>The beginning and the end, without the middle.</summary>
    HeadTail,
}
