using System.Buffers;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Merges the symbols of a long word in n·log n: its pairs wait in a heap, and its symbols know their neighbours.</summary>
internal readonly ref struct LongWordMerging(BytePairMerges merges, Span<int> symbols)
{
    private const int None = -1;

    private readonly Span<int> _symbols = symbols;

    /// <summary>Merges in place.</summary>
    /// <returns>Symbols that are left, at the beginning.</returns>
    public int Run()
    {
        var count = _symbols.Length;
        var links = ArrayPool<int>.Shared.Rent(2 * count);
        var next = links.AsSpan(0, count);
        var previous = links.AsSpan(count, count);
        for (var index = 0; index < count; index++)
        {
            (previous[index], next[index]) = (index - 1, index + 1 < count ? index + 1 : None);
        }

        // The most urgent pair first; of equal ones the leftmost.
        var pairs = new PriorityQueue<(int At, int Left, int Right), (int Rank, int At)>(count);
        for (var index = 0; index + 1 < count; index++)
        {
            Add(pairs, index, index + 1);
        }

        while (pairs.TryDequeue(out var pair, out _))
        {
            // A neighbour's merge may have changed either side since.
            var right = next[pair.At];
            if (_symbols[pair.At] != pair.Left || right == None || _symbols[right] != pair.Right)
            {
                continue;
            }

            _symbols[pair.At] = merges.Of(pair.Left, pair.Right).Symbol;
            _symbols[right] = None;
            next[pair.At] = next[right];
            if (next[right] != None)
            {
                previous[next[right]] = pair.At;
                Add(pairs, pair.At, next[right]);
            }

            if (previous[pair.At] != None)
            {
                Add(pairs, previous[pair.At], pair.At);
            }
        }

        ArrayPool<int>.Shared.Return(links);
        return Gather();
    }

    private void Add(PriorityQueue<(int At, int Left, int Right), (int Rank, int At)> pairs, int left, int right)
    {
        if (merges.Of(_symbols[left], _symbols[right]).Rank is not BytePairMerges.Merge.NoRank and var rank)
        {
            pairs.Enqueue((left, _symbols[left], _symbols[right]), (rank, left));
        }
    }

    private int Gather()
    {
        var left = 0;
        foreach (var symbol in _symbols)
        {
            if (symbol != None)
            {
                _symbols[left++] = symbol;
            }
        }

        return left;
    }
}
