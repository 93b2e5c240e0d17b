using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ValueImprint.LocalServer;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

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
