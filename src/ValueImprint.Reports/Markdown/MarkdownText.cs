using System.Text;

namespace ValueImprint.Reports.Markdown;

/// <summary>Puts texts that others wrote, such as names, into Markdown without their being read as markup.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>|#~";

    /// <summary>The text on one line, with a backslash before every character that means something in Markdown or HTML.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Special.Contains(character))
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(character) ? ' ' : character);
        }

        return escaped.ToString();
    }
}
