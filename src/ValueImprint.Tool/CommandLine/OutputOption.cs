namespace ValueImprint.Tool.CommandLine;

/// <summary><c>--output</c>.</summary>
internal static class OutputOption
{
    public static ToolOption<string?> Create(string description, string? defaultText = null) =>
        new("--output", "FILE", description, TextParsers.Text, null) { DefaultText = defaultText };
}
