namespace ValueImprint.Tool.CommandLine;

/// <summary>Readers of common kinds of values.</summary>
internal static class TextParsers
{
    /// <summary>Any text but an empty one.</summary>
    public static bool Text(string text, out string? value, out string problem)
    {
        (value, problem) = (text, "expected a text.");
        return text.Length > 0;
    }
}
