using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Markdown;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Output;

/// <summary>An imprint on standard output.</summary>
internal static class ImprintReport
{
    /// <summary>The formats that there are; <c>json</c> is the imprint file itself.</summary>
    public static ResultFormat[] Formats { get; } = [ResultFormat.Table, ResultFormat.Json, ResultFormat.Markdown];

    public static void Write(Imprint imprint, ResultFormat format, ToolConsole console)
    {
        switch (format)
        {
            case ResultFormat.Json:
                ImprintWriter.Write(imprint, console.OutputStream());
                break;
            case ResultFormat.Markdown:
                MarkdownReport.Write(imprint, console.Output);
                break;
            default:
                ImprintTables.Write(imprint, console.Output, console.OutputTraits);
                break;
        }
    }
}
