namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Byte pair encoding's symbols (Sennrich et al. 2016; over bytes, Radford et al. 2019): which pairs of them become one, and which token
/// each is. Immutable.
/// </summary>
internal sealed class BytePairMerges
{
    private readonly Dictionary<(int Left, int Right), Merge> _merges = [];
    private readonly int[] _tokens;

    /// <param name="vocabulary">The ids of the symbols.</param>
    /// <param name="merges"><c>merges.txt</c>: a pair of symbols a line, the most urgent first.</param>
    /// <param name="file">Where they come from, for messages.</param>
    /// <param name="unknown">Id of a symbol that the vocabulary lacks.</param>
    /// <exception cref="ModelPackageException">A line is no pair, or there is none.</exception>
    public BytePairMerges(Vocabulary vocabulary, string merges, string file, int unknown)
    {
        var symbols = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var character in ByteCharacters())
        {
            SymbolOf(character.ToString());
        }

        var line = 0;
        foreach (var range in merges.AsSpan().Split('\n'))
        {
            line++;
            var pair = merges.AsSpan()[range].TrimEnd('\r');
            if (pair.IsEmpty || (line == 1 && pair.StartsWith("#version", StringComparison.Ordinal)))
            {
                continue;
            }

            var space = pair.IndexOf(' ');
            if (space <= 0 || space == pair.Length - 1 || pair[(space + 1)..].Contains(' '))
            {
                throw new ModelPackageException(
                    file, null, FormattableString.Invariant($"line {line} of the merges is no pair; expected two symbols with a space between."));
            }

            var (left, right) = (pair[..space].ToString(), pair[(space + 1)..].ToString());
            _merges.TryAdd((SymbolOf(left), SymbolOf(right)), new Merge(_merges.Count, SymbolOf(left + right)));
        }

        if (_merges.Count == 0)
        {
            throw new ModelPackageException(file, null, "holds no merges.");
        }

        _tokens = new int[symbols.Count];
        foreach (var (spelling, symbol) in symbols)
        {
            _tokens[symbol] = vocabulary.Ids.TryGetValue(spelling, out var id) ? id : unknown;
        }

        int SymbolOf(string spelling)
        {
            if (!symbols.TryGetValue(spelling, out var symbol))
            {
                symbol = symbols.Count;
                symbols.Add(spelling, symbol);
            }

            return symbol;
        }
    }

    /// <summary>A byte's symbol.</summary>
    public static int SymbolOf(byte value) => value;

    /// <summary>A symbol's id in the vocabulary.</summary>
    public int TokenOf(int symbol) => _tokens[symbol];

    /// <summary>What two neighbours become, and with what urgency.</summary>
    public Merge Of(int left, int right) => _merges.TryGetValue((left, right), out var merge) ? merge : new Merge(Merge.NoRank, 0);

    // A byte-level vocabulary spells a byte as itself where it is printable Latin-1, else as the next character from U+0100 on.
    private static IEnumerable<char> ByteCharacters()
    {
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            yield return (char)(value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? value : next++);
        }
    }

    /// <param name="Rank">Place in the list, from 0, the lowest goes first; <see cref="NoRank"/> for a pair that stays two.</param>
    /// <param name="Symbol">What the two become.</param>
    internal readonly record struct Merge(int Rank, int Symbol)
    {
        public const int NoRank = int.MaxValue;
    }
}
