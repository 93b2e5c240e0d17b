using System.CommandLine;
using ValueImprint.LocalServer;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>server stop</c>: ends the local servers of this user.</summary>
internal sealed class ServerStopVerb : Verb
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(15);

    public ServerStopVerb(ToolConsole console)
        : base("stop", "Stops the local servers, after the calls that are under way", console)
    {
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var servers = await LocalServerProcess.ListAsync(Console.Environment, ct: cancellation);
        foreach (var server in servers)
        {
            var outcome = await LocalServerProcess.StopAsync(server, _limit, cancellation);
            await Console.Output.WriteLineAsync(FormattableString.Invariant($"Process {server.Pid}: {Describe(outcome)}."));
        }

        if (servers.Count == 0)
        {
            Console.Note("No local server runs.");
        }

        return ExitCode.Pass;
    }

    private static string Describe(StopOutcome outcome) => outcome switch
    {
        StopOutcome.Killed => FormattableString.Invariant($"killed, since it did not end within {_limit.TotalSeconds} seconds"),
        StopOutcome.Ended => "stopped",
        _ => "had ended already",
    };
}
