using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using ValueImprint.Auditing;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Protocol.V1;

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

/// <summary>A channel to one server. HTTP/2 connects on the first call and again after a break.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly BearerToken? _token;

    public ServerConnection(ServerAddress address, GrpcChannel channel, BearerToken? token)
    {
        (Address, _channel, _token) = (address, channel, token);
        Classifier = new ValueClassifier.ValueClassifierClient(channel);
    }

    public ServerAddress Address { get; }

    public ValueClassifier.ValueClassifierClient Classifier { get; }

    /// <param name="deadline">In UTC; <see langword="null"/> for a stream, which has a stall limit instead.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="ClientException">The token file can't be read.</exception>
    public CallOptions CallOptions(DateTime? deadline, CancellationToken ct)
    {
        var headers = _token is null ? null : new Metadata { { "authorization", "Bearer " + _token.Read() } };
        return new CallOptions(headers, deadline, ct);
    }

    /// <exception cref="ClientException">The description does not keep to the contract.</exception>
    public ClassifierModel Read(Model model) => Read(() => new ClassifierModel(model.ToImprintModel(), model.ToTaxonomyIdentity()));

    /// <exception cref="ClientException">The result does not fit the model.</exception>
    public TextOutcome Read(TextResult result, TaxonomyIdentity taxonomy) => Read(() => result.ToOutcome(taxonomy));

    public void Dispose() => _channel.Dispose();

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ContractException fault)
        {
            throw new ClientException(ClientFault.ContractBroken, $"{Address}: {fault.Message}; use a server of the same version.", fault);
        }
    }
}
