namespace ValueImprint.Inference.Tokenization;

/// <summary>A tokenizing operator of ONNX Runtime Extensions: string tensor <c>[1]</c> in, the text's ids out, without any that frame it.</summary>
/// <param name="Name">In the domain <c>ai.onnx.contrib</c>.</param>
/// <param name="Texts">String attributes.</param>
/// <param name="Integers">Integer attributes.</param>
/// <param name="OutputCount">Outputs that the operator insists on; the ids are the first.</param>
/// <param name="OutputRank">Dimensions of the ids.</param>
/// <param name="HasMask">
/// Takes several texts, <c>[n]</c>, and gives a row of ids for each, filled up to the longest; its second output is 1 at the ids and 0 behind.
/// </param>
internal sealed record TokenizerOperator(
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Texts,
    IReadOnlyList<KeyValuePair<string, long>> Integers,
    int OutputCount,
    int OutputRank,
    bool HasMask = false);
