using System.Text;
using ValueImprint.Core.Documents;

namespace ValueImprint.Reports.Markdown;

/// <summary>Puts texts that others wrote, such as names, into Markdown without their being read as markup.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>|#~!";

    /// <summary>The text on one line, with a backslash before every character that means something in Markdown or HTML.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var line = HarmlessText.OneLine(text);
        foreach (var (index, character) in line.Index())
        {
            // Only what could be a character reference; an ampersand between words stays readable in the source.
            var isReference = character == '&' && index + 1 < line.Length && (char.IsAsciiLetter(line[index + 1]) || line[index + 1] == '#');
            escaped.Append(isReference || Special.Contains(character) ? "\\" : "").Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>The text as code, in which nothing is markup but its end.</summary>
    public static string Code(string text) => $"`{HarmlessText.OneLine(text).Replace('`', '\'')}`";
}
