namespace ValueImprint.Inference.Tokenization;

/// <summary>Turns a piece of a text into ids, without any that frame a text. Safe for concurrent use.</summary>
internal interface IPieceTokenizer : IDisposable
{
    void Tokenize(ReadOnlySpan<char> piece, ref IdList ids);
}
