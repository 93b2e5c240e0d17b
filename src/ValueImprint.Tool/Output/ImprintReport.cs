using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Json;
using ValueImprint.Reports.Markdown;
using ValueImprint.Reports.Sarif;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Output;

/// <summary>How a verb writes its result.</summary>
internal enum ResultFormat
{
    /// <summary>For a person at a terminal.</summary>
    Table,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>A JSON document a line.</summary>
    Jsonl,

    /// <summary>For a pull request or a job summary.</summary>
    Markdown,

    /// <summary>For code scanning.</summary>
    Sarif,

    /// <summary>A page for people.</summary>
    Html,

    /// <summary>A block for a dataset card.</summary>
    Card,

    /// <summary>A fragment for a Croissant file.</summary>
    Croissant,
}

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

/// <summary>What a gate found: the result to standard output, diagnostics to standard error, the exit code to the caller.</summary>
internal static class GateReport
{
    /// <summary>The formats that there are.</summary>
    public static ResultFormat[] Formats { get; } = [ResultFormat.Table, ResultFormat.Json, ResultFormat.Markdown, ResultFormat.Sarif];

    /// <summary>Writes what was found.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="isImprintShown">A table shows the imprint too; the other formats know what belongs to them.</param>
    /// <param name="console">Takes it.</param>
    public static ExitCode Write(GateResult result, ResultFormat format, bool isImprintShown, ToolConsole console)
    {
        switch (format)
        {
            case ResultFormat.Json:
                VerdictJson.Write(result, console.OutputStream());
                break;
            case ResultFormat.Sarif:
                SarifReport.Write(result, ToolVersion.Short, console.OutputStream());
                break;
            case ResultFormat.Markdown:
                MarkdownReport.Write(result, console.Output);
                break;
            default:
                WriteTables(result, isImprintShown, console);
                break;
        }

        return Conclude(result, console);
    }

    /// <summary>Says what is wrong and gives the exit code, when the result has been written.</summary>
    public static ExitCode Conclude(GateResult result, ToolConsole console)
    {
        // The result first: whoever watches a terminal reads the errors last.
        console.Output.Flush();
        console.Report(result.Diagnostics);
        return FailureMap.ExitCodeOf(result);
    }

    private static void WriteTables(GateResult result, bool isImprintShown, ToolConsole console)
    {
        if (isImprintShown && result.Early is null && result.Imprint.Texts > 0)
        {
            ImprintTables.Write(result.Imprint, console.Output, console.OutputTraits);
            console.Output.WriteLine();
        }

        if (result.Rules.Count > 0)
        {
            GateTable.Write(result, console.Output, console.OutputTraits);
        }
    }
}

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
