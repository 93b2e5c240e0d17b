using System.Globalization;
using System.Text;

namespace ValueImprint.Datasets.Layouts;

/// <summary>
/// Lists and objects that a string holds in JSON or as Python or NumPy print them: <c>[{'role': 'user', 'content': "it's"}]</c>. Tables
/// without nested columns, such as CSV, have messages so.
/// </summary>
internal ref struct EncodedValue
{
    /// <summary>Deeper nesting is no dialogue.</summary>
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private EncodedValue(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Whether a text looks like a list of objects or strings, or like an object, rather than like prose.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length < 4 || (text[0], text[^1]) is not (('[', ']') or ('{', '}')))
        {
            return false;
        }

        var next = text[1..].TrimStart();
        var inner = next.Length > 0 && next[0] == '{' ? next[1..].TrimStart() : next;
        return text[0] == '{' || next[0] == '{' ? inner.Length > 0 && inner[0] is '"' or '\'' : next.Length > 0 && next[0] is '"' or '\'';
    }

    public static bool TryRead(ReadOnlySpan<char> text, out FieldValue value)
    {
        var reader = new EncodedValue(text);
        return reader.TryReadValue(0, out value) && reader.IsAtEnd();
    }

    private bool TryReadValue(int depth, out FieldValue value)
    {
        value = default;
        SkipBlanks();
        if (depth > MaxDepth || _position == _text.Length)
        {
            return false;
        }

        switch (_text[_position])
        {
            case '[' or '(':
                return TryReadList(depth, out value);
            case '{':
                return TryReadObject(depth, out value);
            case '"' or '\'':
                var isText = TryReadText(out var text);
                value = FieldValue.OfText(text);
                return isText;
            default:
                return TryReadWord(out value);
        }
    }

    private bool TryReadList(int depth, out FieldValue value)
    {
        var close = _text[_position++] == '[' ? ']' : ')';
        var items = new List<FieldValue>();
        value = FieldValue.OfList(items);
        while (!TakeSeparator(close))
        {
            if (!TryReadValue(depth + 1, out var item))
            {
                return false;
            }

            items.Add(item);
        }

        return true;
    }

    private bool TryReadObject(int depth, out FieldValue value)
    {
        _position++;
        var members = new List<KeyValuePair<string, FieldValue>>();
        value = FieldValue.OfObject(members);
        while (!TakeSeparator('}'))
        {
            if (_position == _text.Length || _text[_position] is not ('"' or '\'') || !TryReadText(out var name))
            {
                return false;
            }

            SkipBlanks();
            if (_position == _text.Length || _text[_position++] != ':' || !TryReadValue(depth + 1, out var member))
            {
                return false;
            }

            members.Add(new(name, member));
        }

        return true;
    }

    /// <summary>Steps over blanks and at most one comma, which NumPy leaves out between lines.</summary>
    /// <returns>Whether the end followed.</returns>
    private bool TakeSeparator(char close)
    {
        SkipBlanks();
        if (_position < _text.Length && _text[_position] == ',')
        {
            _position++;
            SkipBlanks();
        }

        if (_position == _text.Length || _text[_position] != close)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool TryReadText(out string text)
    {
        var quote = _text[_position++];
        var characters = new StringBuilder();
        text = "";
        while (_position < _text.Length)
        {
            var next = _text[_position++];
            if (next == quote)
            {
                text = characters.ToString();
                return true;
            }

            if (next != '\\')
            {
                characters.Append(next);
            }
            else if (!TryReadEscape(characters))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryReadEscape(StringBuilder characters)
    {
        if (_position == _text.Length)
        {
            return false;
        }

        var escape = _text[_position++];
        var digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var isCode = _position + digits <= _text.Length
                & int.TryParse(_text.Slice(_position, Math.Min(digits, _text.Length - _position)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code is >= 0 and <= 0x10FFFF;
            _position += digits;
            if (isCode)
            {
                characters.Append(code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code));
            }

            return isCode;
        }

        characters.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape });
        return true;
    }

    private bool TryReadWord(out FieldValue value)
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '-' or '+' or '.' or '_'))
        {
            _position++;
        }

        var word = _text[start.._position];
        value = word switch
        {
            "null" or "None" or "nan" or "NaN" => FieldValue.Null,
            "true" or "True" => FieldValue.OfBoolean(true),
            "false" or "False" => FieldValue.OfBoolean(false),
            _ => FieldValue.OfNumber(word.ToString()),
        };
        return value.Kind is FieldKind.Null or FieldKind.Boolean
            || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    private bool IsAtEnd()
    {
        SkipBlanks();
        return _position == _text.Length;
    }
}
