using System.CommandLine;
using ValueImprint.Server;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>serve</c>: this program as the server, with the server's own options.</summary>
internal sealed class ServeVerb : Verb
{
    public ServeVerb(ToolConsole console)
        : base(LocalServers.ServeVerb, "Runs the gRPC inference server", console)
    {
        foreach (var option in ServerCommand.Options())
        {
            Add(option);
        }

        IsDocumentedApart = true;
        Details = $"{ServerCommand.ExitCodes}.";
        Examples = [("valueimprint serve --listen http://127.0.0.1:50151", "On this machine")];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var logLevel = parse.GetValue<bool>("--quiet") ? "Warning" : parse.GetValue<bool>("--verbose") ? "Debug" : null;
        return (ExitCode)await ServerCommand.RunAsync(parse, logLevel, cancellation);
    }
}
