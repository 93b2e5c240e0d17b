using System.CommandLine;
using ValueImprint.Client;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.LocalServer;
using ValueImprint.Server.Security;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Connections;

/// <summary>Which server classifies: a named one, or a local one with a model package of the caller's choosing.</summary>
internal sealed class ConnectionOptions(ToolConsole console)
{
    private readonly ToolOption<IReadOnlyList<ServerAddress>> _server = new(
        "--server", "ADDRESS", $"Servers to use, with commas between: {ServerAddress.ValidForms}", TryParseServers, [])
    {
        Variable = "VALUEIMPRINT_SERVER", DefaultText = "a local one, started on demand", Environment = console.Environment,
    };

    private readonly ToolOption<string?> _tokenFile = new("--token-file", "FILE", "Holds the bearer token that the server asks for", TextParsers.Text, null)
    {
        Variable = "VALUEIMPRINT_TOKEN_FILE", Environment = console.Environment,
    };

    private readonly ToolOption<string?> _authorities = new(
        "--ca-file", "FILE", "PEM file of the authorities to trust for https", TextParsers.Text, null)
    {
        Variable = "VALUEIMPRINT_CA_FILE", DefaultText = "the system's", Environment = console.Environment,
    };

    private readonly ModelOptions _model = new(console);

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_server);
        verb.Add(_tokenFile);
        verb.Add(_authorities);
        _model.AddTo(verb);
    }

    /// <summary>Opens a client as the command line says. The model's name on the server; empty: its default one.</summary>
    public (ClassifierClient Client, string Model) Open(ParseResult parse)
    {
        var servers = parse.GetValue(_server) ?? [];
        if (servers.Count > 0)
        {
            _model.RefuseForNamedServer(parse);
        }

        var options = new ClientOptions
        {
            Servers = servers,
            TokenFile = Absolute(parse.GetValue(_tokenFile)),
            AuthorityFile = Absolute(parse.GetValue(_authorities)),
            OnInterruption = Report,
        };
        return servers.Count > 0
            ? (new ClassifierClient(options), _model.Name(parse))
            : (LocalServerProcess.OpenClient(_model.LocalServer(parse), options), "");
    }

    private static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);

    private static bool TryParseServers(string text, out IReadOnlyList<ServerAddress> servers, out string problem)
    {
        var isValid = ServerAddress.TryParseList(text, out var found, out var reason);
        (servers, problem) = (found ?? [], reason ?? "");
        return isValid;
    }

    private void Report(StreamInterruption interruption) => console.Report([new Diagnostic(
        DiagnosticCatalogue.ServerUnavailable,
        DiagnosticSeverity.Warning,
        $"{interruption.Server}: the stream broke ({interruption.Reason}); {Counted.Of(interruption.Unanswered, "text is", "texts are")} sent again.",
        default)]);
}
