using System.CommandLine;
using ValueImprint.Client.Connections;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;
using ValueImprint.Tool.Verbs;

namespace ValueImprint.Tool;

/// <summary>The tool without its process: arguments and streams in, exit code out.</summary>
internal static class CommandLineApplication
{
    /// <summary>Runs one command line. The one boundary where failures become diagnostics and an exit code.</summary>
    public static async Task<ExitCode> RunAsync(string[] args, ToolConsole console, CancellationToken cancellation)
    {
        var isVerbose = false;
        try
        {
            var root = RootVerb.Create(console, args);
            var parse = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = ResponseFile.TryReplace });
            isVerbose = parse.GetValue<bool>("--verbose");
            console.IsQuiet = parse.GetValue<bool>("--quiet");
            if (args.Length == 0)
            {
                new HelpWriter(console.Error, console.ErrorTraits.Width).Write(root);
                return ExitCode.Usage;
            }

            if (CommandLineFaults.Find(parse) is { Count: > 0 } faults)
            {
                throw new ToolException(faults);
            }

            var code = await parse.InvokeAsync(Configuration(console), cancellation);
            await console.Output.FlushAsync(CancellationToken.None);
            return (ExitCode)code;
        }
        catch (Exception failure)
        {
            console.Report(FailureMap.Describe(failure));
            if (failure is OperationCanceledException)
            {
                console.Note("Cancelled.");
            }

            if (isVerbose)
            {
                await console.Error.WriteLineAsync(failure.ToString());
            }

            return FailureMap.ExitCodeOf(failure);
        }
    }

    private static InvocationConfiguration Configuration(ToolConsole console) => new()
    {
        Output = console.Output,
        Error = console.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
