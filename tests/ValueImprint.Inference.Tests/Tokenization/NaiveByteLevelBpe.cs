using System.Globalization;
using System.Text;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

/// <summary>
/// Byte-level BPE as its papers describe it, without any care for speed: GPT-2's pattern character by character (Radford et al. 2019), then
/// the merge of lowest rank, again and again (Sennrich et al. 2016).
/// </summary>
internal static class NaiveByteLevelBpe
{
    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    public static int[] Encode(ByteLevelVocabulary vocabulary, string text) =>
        [.. Words(text).SelectMany(word => EncodeWord(vocabulary, word))];

    /// <summary>The words that GPT-2's pattern finds; joined, they are the text again.</summary>
    public static IEnumerable<string> Words(string text)
    {
        // Unpaired surrogates become U+FFFD, as they do on their way into UTF-8.
        var runes = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).EnumerateRunes().ToArray();
        for (var start = 0; start < runes.Length;)
        {
            var length = WordLength(runes.AsSpan(start));
            yield return string.Concat(runes.Skip(start).Take(length));
            start += length;
        }
    }

    private static int WordLength(ReadOnlySpan<Rune> runes)
    {
        foreach (var contraction in Contractions)
        {
            if (runes.Length >= contraction.Length && string.Concat(runes[..contraction.Length].ToArray()) == contraction)
            {
                return contraction.Length;
            }
        }

        var first = runes[0].Value == ' ' && runes.Length > 1 ? 1 : 0;
        foreach (var isOfKind in (Func<Rune, bool>[])[IsLetter, IsNumber, IsOther])
        {
            var end = first;
            while (end < runes.Length && isOfKind(runes[end]))
            {
                end++;
            }

            if (end > first)
            {
                return end;
            }
        }

        var spaces = 0;
        while (spaces < runes.Length && IsSpace(runes[spaces]))
        {
            spaces++;
        }

        // A run of spaces leaves its last one to the word behind it.
        return spaces > 1 && spaces < runes.Length ? spaces - 1 : spaces;
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune);

    private static bool IsNumber(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune);

    private static bool IsOther(Rune rune) => !IsLetter(rune) && !IsNumber(rune) && !IsSpace(rune);

    private static IEnumerable<int> EncodeWord(ByteLevelVocabulary vocabulary, string word)
    {
        var symbols = Encoding.UTF8.GetBytes(word).Select(static value => ByteCharacters.Of(value).ToString()).ToList();
        while (true)
        {
            var best = -1;
            var bestRank = int.MaxValue;
            for (var index = 0; index + 1 < symbols.Count; index++)
            {
                var rank = vocabulary.RankOf(symbols[index], symbols[index + 1]);
                if (rank < bestRank)
                {
                    (best, bestRank) = (index, rank);
                }
            }

            if (best < 0)
            {
                return symbols.Select(symbol => vocabulary.Vocabulary[symbol]);
            }

            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }
}
