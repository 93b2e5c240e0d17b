namespace ValueImprint.Core.Tests.Estimation;

/// <param name="Fold">Of five; whole dialogues.</param>
/// <param name="Value">Index of its value.</param>
/// <param name="Source">The dataset it is from.</param>
/// <param name="IsRandom">Drawn at random, so that shares may be estimated from it.</param>
/// <param name="Features">Hashes of its words and pairs of words.</param>
internal sealed record AnnotatedText(int Fold, int Value, string Source, bool IsRandom, int[] Features);
