using System.CommandLine;
using System.CommandLine.Invocation;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

/// <summary><c>--help</c> of any verb.</summary>
internal sealed class ShowHelp(ToolConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpWriter(console.Output, console.OutputTraits.Width).Write(parseResult.CommandResult.Command);
        return (int)ExitCode.Pass;
    }
}
