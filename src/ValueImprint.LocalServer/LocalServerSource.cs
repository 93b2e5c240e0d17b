using Microsoft.Extensions.Logging;
using ValueImprint.Client;
using ValueImprint.Client.Connections;

namespace ValueImprint.LocalServer;

/// <summary>The local server as the only one of a client: started before the first call, and again when it has gone.</summary>
internal sealed class LocalServerSource(ClientOptions options, LocalServerOptions local, ConnectionFactory factory, ILogger log) : IServerSource
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private LocalServerProcess? _server;
    private ServerConnection? _connection;
    private volatile bool _suspect = true;

    public int Servers => 1;

    // A crash is taken for an accident once.
    public int MaxBreaksPerText => 2;

    // One that is draining goes on listening for as long as it finishes its calls; its successor can start only then.
    public TimeSpan Patience => local.StartTimeout + options.ConnectTimeout;

    public string Advice => "Its log says more: 'valueimprint server status' names it; 'valueimprint server stop' ends it.";

    public async ValueTask<ServerConnection> NextAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_connection is { } connection && !_suspect)
            {
                return connection;
            }

            _server ??= new LocalServerProcess(local, options);
            var address = await _server.StartAsync(ct).ConfigureAwait(false);
            _suspect = false;
            if (_connection?.Address != address)
            {
                _connection?.Dispose();
                _connection = factory.Open(address);
            }

            ClientLog.Connected(log, address);
            return _connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Failed(ServerConnection connection) => _suspect = true;

    public void Answered(ServerConnection connection)
    {
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _gate.Dispose();
    }
}
