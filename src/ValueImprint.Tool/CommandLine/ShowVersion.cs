using System.CommandLine;
using System.CommandLine.Invocation;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

/// <summary><c>--version</c>.</summary>
internal sealed class ShowVersion(ToolConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        console.Output.WriteLine(ToolVersion.Full);
        return (int)ExitCode.Pass;
    }
}
