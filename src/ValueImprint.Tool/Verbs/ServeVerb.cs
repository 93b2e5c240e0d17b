using System.CommandLine;
using System.Runtime.CompilerServices;
using ValueImprint.Server;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>serve</c>: this program as the server, with the server's own options.</summary>
internal sealed class ServeVerb : Verb
{
    /// <param name="console">Where it talks.</param>
    /// <param name="hasOptions">The command line may be about this verb; otherwise the server's assemblies need not be loaded.</param>
    public ServeVerb(ToolConsole console, bool hasOptions)
        : base(LocalServers.ServeVerb, "Runs the gRPC inference server", console)
    {
        if (hasOptions)
        {
            AddOptions();
        }

        IsDocumentedApart = true;
        Details = $"{ServerCommand.ExitCodes}.";
        Examples = [("valueimprint serve --listen http://127.0.0.1:50151", "On this machine")];
    }

    // A method of its own, so that compiling the constructor loads nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddOptions()
    {
        foreach (var option in ServerCommand.Options())
        {
            Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var logLevel = parse.GetValue<bool>("--quiet") ? "Warning" : parse.GetValue<bool>("--verbose") ? "Debug" : null;
        return (ExitCode)await ServerCommand.RunAsync(parse, logLevel, cancellation);
    }
}
