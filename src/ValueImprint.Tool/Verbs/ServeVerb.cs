using System.CommandLine;
using ValueImprint.Server;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>serve</c>: this program as the server. Its options are the server's own, which knows and explains them.</summary>
internal sealed class ServeVerb : Verb
{
    /// <summary>The verb's name; what follows it goes to the server as it is.</summary>
    public const string VerbName = "serve";

    public ServeVerb(ToolConsole console)
        : base(VerbName, "Runs the gRPC inference server; 'serve --help' lists its own options", console)
    {
        TreatUnmatchedTokensAsErrors = false;
        Examples = [("valueimprint serve --listen http://127.0.0.1:50151", "On this machine")];
    }

    /// <summary>Runs the server until it is asked to stop.</summary>
    public static async Task<ExitCode> ServeAsync(IEnumerable<string> args, CancellationToken cancellation) =>
        (ExitCode)await Server.ServerProgram.RunAsync([.. args], cancellation);

    protected override Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation) =>
        throw new InvalidOperationException("The server's command line does not come here.");
}
