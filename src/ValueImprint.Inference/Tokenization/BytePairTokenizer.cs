using System.Buffers;
using System.Text;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Byte-level byte pair encoding. Written here, since a call of ONNX Runtime's operator makes some 450 bytes of objects for every text,
/// stops at U+0000, and takes certain spellings for tokens; this makes none. Safe for concurrent use.
/// </summary>
internal sealed class BytePairTokenizer(BytePairMerges merges) : IPieceTokenizer
{
    // Looking for the most urgent pair again and again costs the square of the length.
    private const int MostBytesOfShortWord = 64;
    private const int MostBytesOfUnit = 3;

    public void Tokenize(ReadOnlySpan<char> piece, ref IdList ids)
    {
        Span<int> room = stackalloc int[MostBytesOfShortWord * MostBytesOfUnit];
        foreach (var word in new ByteLevelWords(piece))
        {
            if (word.Length <= MostBytesOfShortWord)
            {
                var symbols = room[..ToSymbols(word, room)];
                AddTokens(symbols[..MergeShort(symbols)], ref ids);
            }
            else
            {
                AddLong(word, ref ids);
            }
        }
    }

    public void Dispose()
    {
    }

    private static int ToSymbols(ReadOnlySpan<char> word, Span<int> symbols)
    {
        Span<byte> bytes = stackalloc byte[MostBytesOfShortWord * MostBytesOfUnit];
        var count = Encoding.UTF8.GetBytes(word, bytes);
        for (var index = 0; index < count; index++)
        {
            symbols[index] = BytePairMerges.SymbolOf(bytes[index]);
        }

        return count;
    }

    private void AddTokens(scoped ReadOnlySpan<int> symbols, ref IdList ids)
    {
        foreach (var symbol in symbols)
        {
            ids.Add(merges.TokenOf(symbol));
        }
    }

    // In place; the symbols that are left. Each pair is looked up once, and again when one of its sides has changed.
    private int MergeShort(Span<int> symbols)
    {
        Span<BytePairMerges.Merge> pairs = stackalloc BytePairMerges.Merge[MostBytesOfShortWord * MostBytesOfUnit];
        var count = symbols.Length;
        for (var index = 0; index + 1 < count; index++)
        {
            pairs[index] = merges.Of(symbols[index], symbols[index + 1]);
        }

        while (true)
        {
            var (at, rank) = (-1, BytePairMerges.Merge.NoRank);
            for (var index = 0; index + 1 < count; index++)
            {
                if (pairs[index].Rank < rank)
                {
                    (at, rank) = (index, pairs[index].Rank);
                }
            }

            if (at < 0)
            {
                return count;
            }

            symbols[at] = pairs[at].Symbol;
            symbols[(at + 2)..count].CopyTo(symbols[(at + 1)..]);
            pairs[(at + 1)..count].CopyTo(pairs[at..]);
            count--;
            if (at + 1 < count)
            {
                pairs[at] = merges.Of(symbols[at], symbols[at + 1]);
            }

            if (at > 0)
            {
                pairs[at - 1] = merges.Of(symbols[at - 1], symbols[at]);
            }
        }
    }

    private void AddLong(ReadOnlySpan<char> word, ref IdList ids)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(word.Length));
        var symbols = ArrayPool<int>.Shared.Rent(bytes.Length);
        try
        {
            var count = Encoding.UTF8.GetBytes(word, bytes);
            for (var index = 0; index < count; index++)
            {
                symbols[index] = BytePairMerges.SymbolOf(bytes[index]);
            }

            var left = new LongWordMerging(merges, symbols.AsSpan(0, count)).Run();
            AddTokens(symbols.AsSpan(0, left), ref ids);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(symbols);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
