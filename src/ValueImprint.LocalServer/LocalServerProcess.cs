using Microsoft.Extensions.Logging;
using ValueImprint.Client;

namespace ValueImprint.LocalServer;

/// <summary>
/// A server on this machine that is started when it is first needed, shared by all processes of the user, and ends itself when it was
/// idle for its time. There is one for each version, program, model and set of options.
/// </summary>
public sealed class LocalServerProcess
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(25);

    private readonly LocalServerOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly string _key;

    /// <summary>Names a server; nothing is started.</summary>
    /// <param name="options">Which one.</param>
    /// <param name="client">Log and clock; null: none, and the system's.</param>
    /// <exception cref="ClientException">An option is out of range.</exception>
    public LocalServerProcess(LocalServerOptions options, ClientOptions? client = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        client ??= new ClientOptions();
        (_options, _clock) = (options, client.TimeProvider);
        _log = client.LoggerFactory.CreateLogger("ValueImprint.Client");
        _key = ServerKey.Of(options, Environment.MachineName);
    }

    /// <summary>A client of the server, which is started before the first call, and again when it has gone; it outlives the client.</summary>
    /// <param name="local">Which server.</param>
    /// <param name="client">How to use it; its <see cref="ClientOptions.Servers"/> are ignored.</param>
    /// <exception cref="ClientException">An option is out of range.</exception>
    public static ClassifierClient OpenClient(LocalServerOptions local, ClientOptions client) =>
        new(client with { Servers = [] }, (options, factory, log) => new LocalServerSource(options, local, factory, log));

    /// <summary>
    /// Names program, model and options by what decides the server's answers; 16 lower-case hex digits. It changes when the program is
    /// rebuilt or the model's files change, also where the new ones answer alike.
    /// </summary>
    internal string Identity => _key;

    /// <summary>Gives the address of the running server, and starts it first where there is none.</summary>
    /// <exception cref="ClientException">It does not start, or not in time; the message ends with the last lines of its log.</exception>
    public async Task<ServerAddress> StartAsync(CancellationToken ct = default)
    {
        var files = new ServerFiles(RunFolder.Create(_options.RunFolder, _options.Environment), _key);
        var address = ServerAddress.FromSocketPath(files.Socket);
        if (await IsReadyAsync(files, ct).ConfigureAwait(false))
        {
            ServerLog.Bound(files.Log);
            return address;
        }

        // Whoever has the lock starts the server; the others watch for it to be ready.
        var began = _clock.GetTimestamp();
        while (true)
        {
            using (var held = StartLock.TryTake(files.StartLock))
            {
                if (held is not null)
                {
                    await StartLockedAsync(files, address, ct).ConfigureAwait(false);
                    return address;
                }
            }

            if (await IsReadyAsync(files, ct).ConfigureAwait(false))
            {
                return address;
            }

            if (_clock.GetElapsedTime(began) > _options.StartTimeout)
            {
                throw new ClientException(
                    ClientFault.LocalServerFailed,
                    $"Another process has been starting or stopping the local server for {Seconds.Of(_options.StartTimeout)} (it holds {files.StartLock}). Try again.");
            }

            await Task.Delay(_look, _clock, ct).ConfigureAwait(false);
        }
    }

    /// <summary>The server, or null where none runs.</summary>
    public async Task<LocalServerInfo?> FindAsync(CancellationToken ct = default)
    {
        foreach (var files in OwnFiles())
        {
            if (await DescribeAsync(files, _clock, ct).ConfigureAwait(false) is { } server)
            {
                return server;
            }
        }

        return null;
    }

    /// <summary>Stops the server: it finishes its calls first, within the time for it.</summary>
    public async Task<StopOutcome> StopAsync(CancellationToken ct = default)
    {
        foreach (var files in OwnFiles())
        {
            if (await StopAsync(files, _options.StopTimeout, _clock, _log, ct).ConfigureAwait(false) is var outcome and not StopOutcome.NotRunning)
            {
                return outcome;
            }
        }

        return StopOutcome.NotRunning;
    }

    /// <summary>All servers of this user that run, of any version and model.</summary>
    /// <param name="environment">As in <see cref="LocalServerOptions.Environment"/>.</param>
    /// <param name="runFolder">As in <see cref="LocalServerOptions.RunFolder"/>.</param>
    /// <param name="ct">Cancels the search.</param>
    public static async Task<IReadOnlyList<LocalServerInfo>> ListAsync(
        IReadOnlyDictionary<string, string> environment, string? runFolder = null, CancellationToken ct = default)
    {
        var found = new List<LocalServerInfo>();
        foreach (var files in RunFolder.Existing(runFolder, environment).SelectMany(ServerFiles.In))
        {
            if (await DescribeAsync(files, TimeProvider.System, ct).ConfigureAwait(false) is { } server)
            {
                found.Add(server);
            }
        }

        return found;
    }

    /// <summary>Stops one of the servers that <see cref="ListAsync"/> gave.</summary>
    /// <param name="server">The server.</param>
    /// <param name="limit">How long it may take before it is killed.</param>
    /// <param name="ct">Ends the wait; the server may go on.</param>
    public static Task<StopOutcome> StopAsync(LocalServerInfo server, TimeSpan limit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        var folder = Path.GetDirectoryName(server.Socket)!; // A socket's path is absolute and names a file.
        return StopAsync(
            new ServerFiles(folder, Path.GetFileNameWithoutExtension(server.Socket)), limit, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, ct);
    }

    private static async Task<LocalServerInfo?> DescribeAsync(ServerFiles files, TimeProvider clock, CancellationToken ct) =>
        ServerState.Read(files.State) is { IsAlive: true } state
            ? new LocalServerInfo(
                state.Pid, state.Version, files.Socket, state.Model, state.Started, files.Log,
                await SocketProbe.AnswersAsync(files.Socket, clock, ct).ConfigureAwait(false))
            : null;

    private static async Task<StopOutcome> StopAsync(ServerFiles files, TimeSpan limit, TimeProvider clock, ILogger log, CancellationToken ct)
    {
        // No lock: a server that is just being started may be stopped too, and its starter is told that it ended.
        if (ServerState.Read(files.State) is not { } state)
        {
            return StopOutcome.NotRunning;
        }

        var outcome = await ProcessEnd.StopAsync(state, limit, clock, ct).ConfigureAwait(false);
        if (outcome is not StopOutcome.NotRunning)
        {
            LocalServerLog.LocalServerStopped(log, state.Pid, outcome);
        }

        return outcome;
    }

    private IEnumerable<ServerFiles> OwnFiles() =>
        RunFolder.Existing(_options.RunFolder, _options.Environment).Select(folder => new ServerFiles(folder, _key));

    private async Task StartLockedAsync(ServerFiles files, ServerAddress address, CancellationToken ct)
    {
        if (await IsReadyAsync(files, ct).ConfigureAwait(false))
        {
            return;
        }

        var start = new LocalServerStart(_options, files, address, _clock, _log);
        if (ServerState.Read(files.State) is { IsAlive: true } earlier)
        {
            if (earlier.IsReady)
            {
                // It was seen to answer and nobody can reach it any more: its socket was removed, or it is about to end.
                await ProcessEnd.StopAsync(earlier, _options.StopTimeout, _clock, ct).ConfigureAwait(false);
            }
            else if (await start.TryAdoptAsync(earlier, ct).ConfigureAwait(false))
            {
                return; // Its starter died before it was ready.
            }
        }

        if (File.Exists(files.Socket))
        {
            File.Delete(files.Socket);
            LocalServerLog.StaleSocketRemoved(_log, files.Socket);
        }

        RunFolderSweep.Run(files, _clock.GetUtcNow());
        await start.RunAsync(ct).ConfigureAwait(false);
    }

    private async Task<bool> IsReadyAsync(ServerFiles files, CancellationToken ct) =>
        ServerState.Read(files.State) is { IsReady: true, IsAlive: true } && await SocketProbe.AnswersAsync(files.Socket, _clock, ct).ConfigureAwait(false);
}

/// <summary>A local server that was started and not yet seen to end.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Version">The product's version.</param>
/// <param name="Socket">Path of its Unix socket.</param>
/// <param name="Model">Folder of its model package; null: the built-in one.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Log">Path of its log file.</param>
/// <param name="IsAnswering">Whether something listens on the socket; a process that doesn't is starting, draining or stuck.</param>
public sealed record LocalServerInfo(
    int Pid, string Version, string Socket, string? Model, DateTimeOffset Started, string Log, bool IsAnswering);

/// <summary>How a local server came to stand still.</summary>
public enum StopOutcome
{
    /// <summary>There was none.</summary>
    NotRunning,

    /// <summary>It finished its calls and ended by itself when asked.</summary>
    Ended,

    /// <summary>It did not end in time and was killed.</summary>
    Killed,
}
