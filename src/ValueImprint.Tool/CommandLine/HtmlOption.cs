namespace ValueImprint.Tool.CommandLine;

/// <summary><c>--html</c>.</summary>
internal static class HtmlOption
{
    public static ToolOption<string?> Create() =>
        new("--html", "FILE", "Write a report for people too: one HTML page that needs no network", TextParsers.Text, null);
}
