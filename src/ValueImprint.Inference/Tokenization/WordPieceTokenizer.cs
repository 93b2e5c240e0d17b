namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// WordPiece: each word's longest known beginning, then the longest known continuation, and so on. Written here, since the operator of
/// ONNX Runtime Extensions 0.14 keeps the pieces of a word that it then finds unknown, where the models were trained on the unknown
/// token alone.
/// </summary>
internal sealed class WordPieceTokenizer : IPieceTokenizer
{
    private const string Continuation = "##";

    // Longer ones are unknown, as they are to the trained models.
    private const int MostCharsOfWord = 100;

    private readonly BertWords _words;
    private readonly int _unknown;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _beginnings;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuations;
    private readonly int _longest;

    public WordPieceTokenizer(BertWords words, IReadOnlyDictionary<string, int> ids, int unknown)
    {
        Dictionary<string, int> beginnings = new(StringComparer.Ordinal);
        Dictionary<string, int> continuations = new(StringComparer.Ordinal);
        foreach (var (token, id) in ids)
        {
            beginnings[token] = id;
            if (token.StartsWith(Continuation, StringComparison.Ordinal))
            {
                continuations[token[Continuation.Length..]] = id;
            }

            _longest = Math.Max(_longest, token.Length);
        }

        (_words, _unknown) = (words, unknown);
        _beginnings = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        _continuations = continuations.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Tokenize(ReadOnlySpan<char> piece, ref IdList ids)
    {
        var words = _words.Split(piece).AsSpan();
        foreach (var word in words.Split(' '))
        {
            if (!words[word].IsEmpty)
            {
                Add(words[word], ref ids);
            }
        }
    }

    public void Dispose()
    {
    }

    private void Add(ReadOnlySpan<char> word, ref IdList ids)
    {
        var before = ids.Count;
        for (var start = 0; start < word.Length;)
        {
            var lookup = start == 0 ? _beginnings : _continuations;
            var length = Math.Min(word.Length - start, _longest);
            var id = 0;
            while (length > 0 && !lookup.TryGetValue(word.Slice(start, length), out id))
            {
                length--;
            }

            if (length == 0 || IsTooLong(word))
            {
                ids.CutTo(before);
                ids.Add(_unknown);
                return;
            }

            ids.Add(id);
            start += length;
        }
    }

    private static bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= MostCharsOfWord)
        {
            return false;
        }

        var count = 0;
        foreach (var _ in word.EnumerateRunes())
        {
            count++;
        }

        return count > MostCharsOfWord;
    }
}
