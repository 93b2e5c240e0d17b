namespace ValueImprint.Core.Imprints;

/// <summary>What a model said about one text; the text itself is not part of it.</summary>
/// <param name="Scope">Where the text comes from.</param>
/// <param name="Values">
/// Indexes into the taxonomy, each once. A single-label model gives one; none means that the model abstained.
/// </param>
/// <param name="Scores"><c>[values]</c>: calibrated probability of every value in the taxonomy's order, in [0, 1].</param>
/// <param name="Stance">How the answer treats the value at stake; <see langword="null"/> from a model without a stance head.</param>
/// <param name="Truncated">The model did not see the whole text.</param>
public readonly record struct TextVerdict(
    TextScope Scope,
    ReadOnlyMemory<int> Values,
    ReadOnlyMemory<float> Scores,
    Stance? Stance = null,
    bool Truncated = false);
