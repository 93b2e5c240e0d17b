namespace ValueImprint.Inference.Tokenization;

/// <summary>Turns a piece of a text into ids, without any that frame a text. Safe for concurrent use.</summary>
internal interface IPieceTokenizer : IDisposable
{
    void Tokenize(ReadOnlySpan<char> piece, ref IdList ids);

    /// <summary>Tokenizes pieces of several texts in one call, where that is possible.</summary>
    /// <param name="pieces">At most <see cref="MostTogether"/>.</param>
    /// <param name="ids">Where the ids are added, those of one piece after those of the other.</param>
    /// <param name="ends">Where each piece's ids end in the list.</param>
    void TokenizeTogether(ReadOnlySpan<string> pieces, ref IdList ids, scoped Span<int> ends) => throw new NotSupportedException();

    /// <summary>Most pieces for one call; 1 where there is no such call.</summary>
    int MostTogether => 1;
}
