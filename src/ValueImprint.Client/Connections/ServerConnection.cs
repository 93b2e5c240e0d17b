using Grpc.Core;
using Grpc.Net.Client;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Connections;

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

    public void Dispose() => _channel.Dispose();
}
