namespace ValueImprint.Inference.Tokenization;

/// <summary>Where a text must be cut before a tokenizer gets it.</summary>
/// <param name="AtControls">
/// Around the characters U+0000, at which operators stop reading, and U+0085, which they don't know for the white space that it is.
/// </param>
/// <param name="NulId">Id of U+0000; <see langword="null"/> where the family drops it.</param>
/// <param name="Spelling">One that the tokenizer would take for a token of its own; <see langword="null"/> where there is none.</param>
/// <param name="CutInSpelling">Where to cut inside it, to prevent that.</param>
/// <param name="MostChars">Longest piece worth handing over at once; a longer one is cut at spaces.</param>
internal sealed record CutRule(bool AtControls = false, int? NulId = null, string? Spelling = null, int CutInSpelling = 0, int MostChars = int.MaxValue);
