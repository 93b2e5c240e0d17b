using ValueImprint.Core.Diagnostics;
using ValueImprint.Tool.Output;

namespace ValueImprint.Tool.CommandLine;

/// <summary><c>--format</c>, with those formats that a verb has.</summary>
internal static class FormatOption
{
    public static ToolOption<ResultFormat> Create(params ResultFormat[] formats)
    {
        var names = formats.Select(Name).ToArray();
        var option = new ToolOption<ResultFormat>("--format", string.Join('|', names), "How the result is written to standard output", TryParse, formats[0])
        {
            DefaultText = names[0],
        };
        option.CompletionSources.Add(_ => names.Select(static name => new System.CommandLine.Completions.CompletionItem(name)));
        return option;

        bool TryParse(string text, out ResultFormat format, out string problem)
        {
            var index = Array.IndexOf(names, text);
            format = formats[Math.Max(index, 0)];
            problem = $"expected one of {string.Join(", ", names)}.{NearestWord.Hint(text, names)}";
            return index >= 0;
        }
    }

    private static string Name(ResultFormat format) => format.ToString().ToLowerInvariant();
}

/// <summary><c>--output</c>.</summary>
internal static class OutputOption
{
    public static ToolOption<string?> Create(string description, string? defaultText = null) =>
        new("--output", "FILE", description, TextParsers.Text, null) { DefaultText = defaultText };
}

/// <summary><c>--html</c>.</summary>
internal static class HtmlOption
{
    public static ToolOption<string?> Create() =>
        new("--html", "FILE", "Write a report for people too: one HTML page that needs no network", TextParsers.Text, null);
}
