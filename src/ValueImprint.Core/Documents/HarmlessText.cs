using System.Buffers;
using System.Text;

namespace ValueImprint.Core.Documents;

/// <summary>
/// Texts that others wrote, such as names of files, models and values, made harmless for what shows them. Every writer of lines uses
/// <see cref="Line"/>; Markdown and HTML have an escaping of their own on top of <see cref="Unwelcome"/>.
/// </summary>
public static class HarmlessText
{
    // Controls; marks and overrides of the writing direction, which rewrite their neighbours; Unicode's own ends of lines.
    private static readonly char[] _unwelcome =
    [
        .. Codes(0x00, 0x1f).Except(['\t', '\n']), .. Codes(0x7f, 0x9f), '\u061c', '\u200e', '\u200f', .. Codes(0x2028, 0x202e), .. Codes(0x2066, 0x2069),
    ];

    /// <summary>Characters that no text needs to be read, and that change how others are shown; tab and line feed are none.</summary>
    public static SearchValues<char> Unwelcome { get; } = SearchValues.Create(_unwelcome);

    /// <summary>A text on one line: ends of lines and tabs are blanks, other unwelcome characters and halves of surrogate pairs are U+FFFD.</summary>
    public static string OneLine(string text)
    {
        var isHarmless = text.AsSpan().IndexOfAny(Unwelcome) < 0 && text.AsSpan().IndexOfAny('\t', '\n') < 0 && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');
        if (isHarmless)
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value is '\t' or '\n' or '\r' or 0x2028 or 0x2029 ? line.Append(' ')
                : rune.IsBmp && Unwelcome.Contains((char)rune.Value) ? line.Append('\ufffd')
                : line.Append(rune);
        }

        return line.ToString();
    }

    /// <summary>
    /// As <see cref="OneLine"/>, for terminals and logs, where CI services obey <c>::command::</c> at the beginning of a line and
    /// <c>##[command]</c> or <c>##name[command]</c> anywhere: a blank comes between such signs.
    /// </summary>
    public static string Line(string text)
    {
        var line = OneLine(text);
        return line.Contains("::", StringComparison.Ordinal) || line.Contains("##", StringComparison.Ordinal) ? Break(line) : line;
    }

    private static string Break(string line)
    {
        var broken = new StringBuilder(line.Length + 8);
        for (var index = 0; index < line.Length; index++)
        {
            // A line may be broken at a blank or a slash, so that what follows begins the next one.
            var isCommand = index > 0 && line[index - 1] == line[index] && line[index] switch
            {
                '#' => index + 1 < line.Length && (line[index + 1] == '[' || char.IsAsciiLetter(line[index + 1])),
                ':' => index == 1 || line[index - 2] is ' ' or '/',
                _ => false,
            };
            broken.Append(isCommand ? " " : "").Append(line[index]);
        }

        return broken.ToString();
    }

    private static IEnumerable<char> Codes(int first, int last) => Enumerable.Range(first, last - first + 1).Select(static code => (char)code);
}
