using System.Buffers;
using System.Globalization;
using System.Text;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Cuts a text into words by GPT-2's pattern (Radford et al. 2019): an English contraction; or letters, or digits, or other signs, with a
/// space before them; or white space, which leaves its last character to the word behind it.
/// </summary>
internal ref struct ByteLevelWords(ReadOnlySpan<char> text)
{
    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];
    private static readonly Kind[] Ascii = [.. Enumerable.Range(0, 128).Select(static value => KindOf(new Rune(value)))];

    private readonly ReadOnlySpan<char> _text = text;
    private int _start;
    private int _end;

    private enum Kind : byte
    {
        Letter,
        Number,
        Other,
        Space,
    }

    public readonly ReadOnlySpan<char> Current => _text[_start.._end];

    public readonly ByteLevelWords GetEnumerator() => this;

    public bool MoveNext()
    {
        _start = _end;
        if (_start == _text.Length)
        {
            return false;
        }

        _end = _start + LengthOfFirst(_text[_start..]);
        return true;
    }

    private static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        if (text[0] == '\'' && Contraction(text) is > 0 and var contraction)
        {
            return contraction;
        }

        var space = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        var kind = KindOfFirst(text[space..], out _);
        if (kind != Kind.Space)
        {
            return space + LengthOfRun(text[space..], kind);
        }

        // All white space is a single UTF-16 unit.
        var spaces = LengthOfRun(text, Kind.Space);
        return spaces > 1 && spaces < text.Length ? spaces - 1 : spaces;
    }

    private static int LengthOfRun(ReadOnlySpan<char> text, Kind kind)
    {
        var end = 0;
        while (end < text.Length && KindOfFirst(text[end..], out var length) == kind)
        {
            end += length;
        }

        return end;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        foreach (var contraction in Contractions)
        {
            if (text.StartsWith(contraction, StringComparison.Ordinal))
            {
                return contraction.Length;
            }
        }

        return 0;
    }

    private static Kind KindOfFirst(ReadOnlySpan<char> text, out int length)
    {
        if (char.IsAscii(text[0]))
        {
            length = 1;
            return Ascii[text[0]];
        }

        // Half of a surrogate pair alone counts as U+FFFD, which it becomes on its way into UTF-8.
        return Rune.DecodeFromUtf16(text, out var rune, out length) == OperationStatus.Done ? KindOf(rune) : Kind.Other;
    }

    private static Kind KindOf(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune))
        {
            return Kind.Space;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Other,
        };
    }
}
