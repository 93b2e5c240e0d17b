using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;

namespace ValueImprint.Client.Connections;

/// <summary>Opens channels as the options say.</summary>
internal sealed class ConnectionFactory
{
    // A taxonomy of 1,000 values makes an answer of 64 texts some megabytes long.
    private const int MostReceivedBytes = 64 * 1024 * 1024;

    private readonly ClientOptions _options;
    private readonly BearerToken? _token;

    /// <exception cref="ClientException">A certificate or token can't be used.</exception>
    public ConnectionFactory(ClientOptions options)
    {
        _options = options;
        _token = options.Token is null && options.TokenFile is null ? null : new BearerToken(options.Token, options.TokenFile);

        // What can't work is said now, not in the middle of an audit.
        _ = _token?.Read();
        _ = TlsSettings.Create(options);
        if (_token is not null && !options.AllowPlaintextToken && options.Servers.FirstOrDefault(static server => !server.IsTls && !server.IsLocal) is { } open)
        {
            throw new ClientException(
                ClientFault.InvalidOption,
                $"{open}: the token would travel unencrypted to another machine. Use https://, or allow it where the network itself is trusted.");
        }
    }

    public ServerConnection Open(ServerAddress address)
    {
        var handler = new SocketsHttpHandler
        {
            // A proxy named in the environment is for web pages; gRPC through one fails in ways that are hard to explain.
            UseProxy = false,
            ConnectTimeout = _options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        if (address.IsTls)
        {
            handler.SslOptions = TlsSettings.Create(_options);
        }

        if (address.SocketPath is { } path)
        {
            handler.ConnectCallback = (_, ct) => ConnectAsync(path, ct);
        }

        var channel = GrpcChannel.ForAddress(address.Uri, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MostReceivedBytes,
            LoggerFactory = _options.LoggerFactory,
        });
        return new ServerConnection(address, channel, address.SocketPath is null ? _token : null);
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
