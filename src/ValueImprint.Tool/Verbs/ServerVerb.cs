using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ValueImprint.LocalServer;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>server start|status|stop</c>: the local server, which the other verbs start by themselves when they need it.</summary>
internal sealed class ServerVerb : VerbGroup
{
    public ServerVerb(ToolConsole console)
        : base("server", "Starts, shows or stops the local server, which other verbs start on demand")
    {
        Add(new ServerStartVerb(console));
        Add(new ServerStatusVerb(console));
        Add(new ServerStopVerb(console));
    }
}

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

/// <summary><c>server status</c>: the local servers of this user.</summary>
internal sealed class ServerStatusVerb : Verb
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly ToolOption<ResultFormat> _format;

    public ServerStatusVerb(ToolConsole console)
        : base("status", "Shows the local servers that run", console)
    {
        _format = FormatOption.Create(ResultFormat.Table, ResultFormat.Json);
        Add(_format);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var servers = await LocalServerProcess.ListAsync(Console.Environment, ct: cancellation);
        if (parse.GetValue(_format) == ResultFormat.Json)
        {
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(servers, _json));
        }
        else if (servers.Count == 0)
        {
            await Console.Output.WriteLineAsync("No local server runs.");
        }
        else
        {
            Write(servers);
        }

        return ExitCode.Pass;
    }

    private void Write(IReadOnlyList<LocalServerInfo> servers)
    {
        var table = new TextTable(
            new Column("Process", IsRight: true), new Column("Version"), new Column("Model"), new Column("Started (UTC)"), new Column("State"), new Column("Address"));
        foreach (var server in servers)
        {
            table.Add(
                server.Pid.ToString(CultureInfo.InvariantCulture),
                server.Version.Split('+')[0],
                server.Model ?? "built-in",
                server.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                server.IsAnswering ? new Cell("answers", Tint.Good) : new Cell("does not answer", Tint.Doubtful),
                "unix:" + server.Socket);
        }

        table.Write(Console.Output, Console.OutputTraits);
    }
}

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
