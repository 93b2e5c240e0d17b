namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Cuts a text into the pieces that a tokenizer is handed one after the other. A cut lies where every tokenizer here cuts words as well,
/// so that the pieces' ids, put together, are those of the whole.
/// </summary>
internal ref struct TextCuts(ReadOnlySpan<char> text, CutRule rule)
{
    public const char Nul = '\0';
    private const char NextLine = '\u0085';

    private readonly ReadOnlySpan<char> _text = text;
    private int _start;
    private int _end;

    public readonly Range Current => _start.._end;

    public readonly TextCuts GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_end >= _text.Length)
        {
            return false;
        }

        _start = _end;
        var rest = _text[_start..];
        var length = rest.Length <= rule.MostChars ? rest.Length : PieceLength(rest);
        if (rule.AtControls && rest[..length].IndexOfAny(Nul, NextLine) is >= 0 and var alone)
        {
            length = Math.Max(alone, 1);
        }

        if (rule.Spelling is { } spelling && rest[..length].IndexOf(spelling, StringComparison.Ordinal) is >= 0 and var found)
        {
            length = found + rule.CutInSpelling;
        }

        _end = _start + length;
        return true;
    }

    /// <summary>
    /// The last place in a range with a single space behind it and neither a space before nor white space behind that one: a word's
    /// start in every tokenizer here. −1 where there is none.
    /// </summary>
    public static int LastSpace(ReadOnlySpan<char> text, int from, int to)
    {
        for (var place = Math.Min(to, text.Length - 2); place >= Math.Max(from, 1); place--)
        {
            if (text[place] == ' ' && !char.IsWhiteSpace(text[place - 1]) && !char.IsWhiteSpace(text[place + 1]))
            {
                return place;
            }
        }

        return -1;
    }

    // Without any space the cut goes between two characters, never through one.
    private readonly int PieceLength(ReadOnlySpan<char> rest)
    {
        var space = LastSpace(rest, 1, rule.MostChars);
        if (space > 0)
        {
            return space;
        }

        return char.IsHighSurrogate(rest[rule.MostChars - 1]) ? rule.MostChars - 1 : rule.MostChars;
    }
}
