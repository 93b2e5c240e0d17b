using System.CommandLine;
using ValueImprint.Server;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>serve</c>: this program as the server, with the server's own options.</summary>
internal sealed class ServeVerb : Verb
{
    /// <summary>The verb's name.</summary>
    public const string VerbName = "serve";

    public ServeVerb(ToolConsole console)
        : base(VerbName, "Runs the gRPC inference server", console)
    {
        foreach (var option in ServerCommand.Options())
        {
            Add(option);
        }

        Details = $"{ServerCommand.ExitCodes}.";
        Examples = [("valueimprint serve --listen http://127.0.0.1:50151", "On this machine")];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var logLevel = parse.GetValue<bool>("--quiet") ? "Warning" : parse.GetValue<bool>("--verbose") ? "Debug" : null;
        return (ExitCode)await ServerCommand.RunAsync(parse, logLevel, cancellation);
    }
}
