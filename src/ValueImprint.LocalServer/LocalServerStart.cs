using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using ValueImprint.Client;
using ValueImprint.Client.Connections;
using ValueImprint.Protocol.V1;

namespace ValueImprint.LocalServer;

/// <summary>Starts one server and waits until it answers. The caller holds the start lock.</summary>
internal sealed class LocalServerStart(LocalServerOptions options, ServerFiles files, ServerAddress address, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan _question = TimeSpan.FromSeconds(5);

    /// <exception cref="ClientException">It does not start, or not in time; then it does not run any more.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var earlierLog = PrepareLog();
        var state = Spawn();
        try
        {
            if (!await BecomesReadyAsync(state, ct).ConfigureAwait(false))
            {
                throw Failed(state.IsAlive ? $"was not ready within {Seconds.Of(options.StartTimeout)}; give it more time or a smaller model" : "ended at its start", earlierLog);
            }

            LocalServerLog.LocalServerStarted(log, state.Pid, files.Socket, files.Log);
        }
        catch
        {
            // Nobody would know of it.
            ProcessEnd.Kill(state);
            throw;
        }
    }

    /// <summary>Waits for a server that another process started.</summary>
    /// <returns>Whether it is ready; false: it has ended.</returns>
    /// <exception cref="ClientException">It runs, but does not get ready in time; it is left alone.</exception>
    public async Task<bool> TryAdoptAsync(ServerState earlier, CancellationToken ct)
    {
        if (await BecomesReadyAsync(earlier, ct).ConfigureAwait(false))
        {
            return true;
        }

        return !earlier.IsAlive
            ? false
            : throw Failed($"(process {earlier.Pid}) runs, but was not ready for {Seconds.Of(options.StartTimeout)}; stop it with 'valueimprint server stop' and try again", 0);
    }

    /// <returns>Bytes in the log that belong to earlier servers.</returns>
    private long PrepareLog()
    {
        try
        {
            ServerLog.Prepare(files.Log);
            return ServerLog.Length(files.Log);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientFault.LocalServerFailed, $"The local server's log '{files.Log}' can't be written: {fault.Message}", fault);
        }
    }

    private ServerState Spawn()
    {
        ServerState? state = null;
        try
        {
            var pid = new DetachedProcess
            {
                Executable = options.Command.Executable,
                Arguments = [.. options.Command.Arguments, .. ServerArguments()],
                Environment = [.. ServerEnvironment.Of(options.Environment)],
                Folder = files.Folder,
                OutputFile = files.Log,
            }.Start();
            state = new ServerState(pid, ProcessBirth.Of(pid) ?? "", options.Version, options.ModelFolder, clock.GetUtcNow());
            state.Write(files.State);
            return state;
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or UnauthorizedAccessException)
        {
            if (state is not null)
            {
                ProcessEnd.Kill(state); // Nobody would find it.
            }

            throw new ClientException(ClientFault.LocalServerFailed, $"The local server can't be started: {fault.Message}", fault);
        }
    }

    private IEnumerable<string> ServerArguments()
    {
        IEnumerable<string> arguments =
            ["--listen", address.ToString(), "--idle-timeout", options.IdleTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s"];
        return (options.ModelFolder is { } model ? arguments.Concat(["--model", model]) : arguments).Concat(options.Arguments);
    }

    private async Task<bool> BecomesReadyAsync(ServerState state, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var here = new ClientOptions { Servers = [address] };
        using var server = new ConnectionFactory(here).Open(address);
        while (!await AnswersAsync(server, ct).ConfigureAwait(false))
        {
            if (!state.IsAlive || clock.GetElapsedTime(began) > options.StartTimeout)
            {
                return false;
            }

            await Task.Delay(_look, clock, ct).ConfigureAwait(false);
        }

        (state with { IsReady = true }).Write(files.State);
        return true;
    }

    /// <summary>Listening is not enough: while it loads its model, a server answers UNAVAILABLE.</summary>
    private async Task<bool> AnswersAsync(ServerConnection server, CancellationToken ct)
    {
        if (!await SocketProbe.AnswersAsync(files.Socket, clock, ct).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            using var call = server.Classifier.ListModelsAsync(new ListModelsRequest(), server.CallOptions((clock.GetUtcNow() + _question).UtcDateTime, ct));
            await call.ResponseAsync.ConfigureAwait(false);
            return true;
        }
        catch (RpcException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (RpcException fault) when (fault.IsBreak() || fault.StatusCode is StatusCode.DeadlineExceeded)
        {
            return false;
        }
        catch (RpcException fault)
        {
            throw fault.ToClientException(server.Address);
        }
    }

    private ClientException Failed(string how, long earlierLog)
    {
        var tail = ServerLog.Tail(files.Log, earlierLog);
        var end = tail.Length == 0 ? $"Its log, {files.Log}, says nothing." : $"Its log, {files.Log}, ends with:{tail}";
        return new ClientException(ClientFault.LocalServerFailed, $"The local server {how}. {end}");
    }
}

/// <summary>Whether anybody listens on a Unix socket.</summary>
internal static class SocketProbe
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    public static async Task<bool> AnswersAsync(string path, TimeProvider clock, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        // A full backlog makes a connect wait; then somebody is there.
        using var limit = new CancellationTokenSource(_limit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return true;
        }
    }
}
