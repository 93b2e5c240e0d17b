using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Bench.Serving;

/// <summary>Unary calls of one text each, by the plain stub: no repetitions, so that every refusal is seen.</summary>
internal sealed class UnaryCaller : IDisposable
{
    private static readonly Metadata WantsTimings = new() { { "valueimprint-timings", "1" } };

    private readonly GrpcChannel _channel;
    private readonly ValueClassifier.ValueClassifierClient _client;

    public UnaryCaller(string socketPath)
    {
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                ConnectCallback = async (_, cancellation) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
        });
        _client = new ValueClassifier.ValueClassifierClient(_channel);
    }

    /// <summary>Classifies one text.</summary>
    /// <returns>How the call ended.</returns>
    public async Task<StatusCode> CallAsync(string text, TimeSpan patience)
    {
        try
        {
            var response = await _client.ClassifyAsync(Request(text), deadline: DateTime.UtcNow + patience);
            return response.Results is [{ OutcomeCase: TextResult.OutcomeOneofCase.Classification }] ? StatusCode.OK : StatusCode.DataLoss;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }

    /// <summary>Classifies one text, and asks how long its batch ran.</summary>
    /// <returns>Milliseconds of the whole call, and of the batch.</returns>
    public async Task<(double Call, double Batch)> TimeAsync(string text)
    {
        var began = Stopwatch.GetTimestamp();
        using var call = _client.ClassifyAsync(Request(text), WantsTimings, DateTime.UtcNow.AddMinutes(1));
        await call.ResponseAsync;
        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (elapsed, Milliseconds(call.GetTrailers(), "valueimprint-execute-ms"));
    }

    /// <summary>Streams texts in bulk.</summary>
    /// <returns>Milliseconds of the longest run of a batch.</returns>
    public async Task<double> LongestBatchAsync(IReadOnlyList<string> texts)
    {
        using var call = _client.ClassifyStream(WantsTimings, DateTime.UtcNow.AddMinutes(1));
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync())
            {
            }
        });
        foreach (var batch in texts.Chunk(64))
        {
            await call.RequestStream.WriteAsync(new ClassifyStreamRequest { Texts = { batch.Select(static text => new TextItem { Text = text }) } });
        }

        await call.RequestStream.CompleteAsync();
        await reading;
        return Milliseconds(call.GetTrailers(), "valueimprint-execute-ms");
    }

    public void Dispose() => _channel.Dispose();

    private static double Milliseconds(Metadata trailers, string name) => trailers.GetValue(name) is { } text
        ? double.Parse(text, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"The server sent no trailer '{name}'.");

    private static ClassifyRequest Request(string text) => new() { Texts = { new TextItem { Text = text } } };
}
