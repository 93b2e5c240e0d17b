using ValueImprint.Core.Estimation;
using ValueImprint.Reports.Json;
using ValueImprint.Reports.Markdown;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Output;

/// <summary>A comparison on standard output.</summary>
internal static class DiffOutput
{
    /// <summary>The formats that there are.</summary>
    public static ResultFormat[] Formats { get; } = [ResultFormat.Table, ResultFormat.Json, ResultFormat.Markdown];

    public static void Write(ImprintDiff diff, ResultFormat format, ToolConsole console)
    {
        switch (format)
        {
            case ResultFormat.Json:
                DiffJson.Write(diff, console.OutputStream());
                break;
            case ResultFormat.Markdown:
                DiffReport.Write(diff, console.Output);
                break;
            default:
                DiffTables.Write(diff, console.Output, console.OutputTraits);
                break;
        }
    }
}
