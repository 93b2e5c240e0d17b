using System.CommandLine;
using ValueImprint.LocalServer;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>server start</c>: starts the local server ahead of time and prints its address.</summary>
internal sealed class ServerStartVerb : Verb
{
    private readonly ModelOptions _model;

    public ServerStartVerb(ToolConsole console)
        : base("start", "Starts the local server, unless it runs, and prints its address", console)
    {
        _model = new ModelOptions(console);
        _model.AddTo(this);
        Examples = [("valueimprint server start", "Ahead of many short calls")];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var address = await new LocalServerProcess(_model.LocalServer(parse)).StartAsync(cancellation);
        await Console.Output.WriteLineAsync(address.ToString());
        return ExitCode.Pass;
    }
}
