using System.Text;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Output;

/// <summary>The file of <c>--html</c>: complete under its name, or not there at all.</summary>
internal sealed class HtmlPage : IAsyncDisposable
{
    private readonly ReplacedFile _file;

    private HtmlPage(string path) => _file = ReplacedFile.Create(path);

    /// <summary>Begins a page before the long work, so that a place that can't be written is told at once; <see langword="null"/> for no path.</summary>
    public static HtmlPage? Open(string? path) => path is null ? null : new HtmlPage(path);

    /// <summary>A page on standard output.</summary>
    public static void Write(HtmlReport report, ToolConsole console) => Signed(report).Write(console.Output);

    /// <summary>Writes the page and gives the file its name.</summary>
    public async Task CompleteAsync(HtmlReport report, ToolConsole console, CancellationToken cancellation)
    {
        await using (var writer = new StreamWriter(_file.Stream, new UTF8Encoding(false), leaveOpen: true))
        {
            Signed(report).Write(writer);
        }

        await _file.CompleteAsync(cancellation);
        console.Note($"Report: {_file.Path}");
    }

    /// <summary>Removes a page that is not complete.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static HtmlReport Signed(HtmlReport report) => report with { Tool = $"{ToolVersion.Name} {ToolVersion.Short}" };
}
