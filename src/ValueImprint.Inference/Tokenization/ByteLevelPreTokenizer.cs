using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Cuts a text into words as GPT-2's pattern does: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// .NET's own <c>\p{L}</c> and <c>\p{N}</c> don't see characters beyond U+FFFF, and its regular expressions make garbage for every text.
/// </summary>
internal sealed class ByteLevelPreTokenizer : PreTokenizer
{
    /// <summary>A longer word is cut: the time that merging takes grows faster than a word, and no model was trained on such words.</summary>
    public const int MaxCharsOfWord = 16384;

    private enum Kind : byte
    {
        Letter,
        Number,
        Space,
        Other,
    }

    private static readonly Kind[] AsciiKinds = [.. Enumerable.Range(0, 128).Select(static value => KindOf(new Rune(value)))];

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = LengthOfWord(text, start);
            yield return (start, length);
            start += length;
        }
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private static int LengthOfWord(string text, int start)
    {
        if (text[start] == '\'' && LengthOfContraction(text.AsSpan(start + 1)) is > 0 and var contraction)
        {
            return contraction + 1;
        }

        var first = text[start] == ' ' && start + 1 < text.Length ? start + 1 : start;
        var kind = KindAt(text, first, out var width);
        if (kind != Kind.Space)
        {
            return EndOfRun(text, first + width, kind, start + MaxCharsOfWord, out _) - start;
        }

        // A run of white space leaves its last character to the word behind it.
        kind = KindAt(text, start, out width);
        var end = EndOfRun(text, start + width, kind, start + MaxCharsOfWord, out var last);
        return end < text.Length && last > start && KindAt(text, end, out _) != Kind.Space ? last - start : end - start;
    }

    private static int LengthOfContraction(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r' or 'v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };

    private static int EndOfRun(string text, int place, Kind kind, int most, out int last)
    {
        last = -1;
        while (place < text.Length && place < most && KindAt(text, place, out var width) == kind)
        {
            last = place;
            place += width;
        }

        return place;
    }

    private static Kind KindAt(string text, int place, out int width)
    {
        width = 1;
        if (text[place] < AsciiKinds.Length)
        {
            return AsciiKinds[text[place]];
        }

        if (!Rune.TryGetRuneAt(text, place, out var rune))
        {
            return Kind.Other; // An unpaired surrogate, which stands for U+FFFD.
        }

        width = rune.Utf16SequenceLength;
        return KindOf(rune);
    }

    private static Kind KindOf(Rune rune) => Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => Kind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
        _ => Kind.Other,
    };
}
