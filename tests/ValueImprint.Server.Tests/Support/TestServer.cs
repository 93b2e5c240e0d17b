using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Models;

namespace ValueImprint.Server.Tests.Support;

/// <summary>The real server on a real socket, with engines that the test chooses and the real client beside it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private TestServer(WebApplication app, LogLines log) => (_app, Logged) = (app, log);

    public LogLines Logged { get; }

    public IServiceProvider Services => _app.Services;

    public CallGate Gate => Services.GetRequiredService<CallGate>();

    public Exception? Fault => Services.GetRequiredService<ServerFault>().Value;

    public MetricsProbe Metrics { get; private set; } = null!; // Set by StartAsync before anybody sees the server.

    public IReadOnlyList<string> Addresses => [.. Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public string Address => Addresses[0];

    public ValueClassifier.ValueClassifierClient Classifier => new(Channel());

    public Health.HealthClient Health => new(Channel());

    public static Task<TestServer> StartAsync(ScriptedEngine engine, Action<ServerOptions>? configure = null) => StartAsync([engine], configure);

    public static async Task<TestServer> StartAsync(
        IReadOnlyList<ScriptedEngine> engines, Action<ServerOptions>? configure = null, Dictionary<string, string?>? settings = null, Task? loaded = null)
    {
        var options = new ServerOptions { Listen = ["http://127.0.0.1:0"], DrainTimeout = TimeSpan.FromSeconds(20) };
        configure?.Invoke(options);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        var log = new LogLines();
        var app = ServerHost.Build(options, configuration, _ => cancellation => LoadAsync(engines, loaded, cancellation), TimeProvider.System);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var server = new TestServer(app, log) { Metrics = new MetricsProbe(app.Services) };
        await app.StartAsync(TestContext.Current.CancellationToken).Time();
        if (loaded is null)
        {
            await Within.Until(() => server.Gate.Observe().Phase == ServerPhase.Serving, "the server serves");
        }

        return server;
    }

    /// <summary>A new connection to <paramref name="address"/>, or to the first one listened on.</summary>
    public GrpcChannel Channel(string? address = null, SocketsHttpHandler? handler = null, Action<GrpcChannelOptions>? configure = null)
    {
        handler ??= new SocketsHttpHandler();
        var target = address ?? Address;
        if (target.StartsWith("http://unix:", StringComparison.Ordinal))
        {
            var path = target["http://unix:".Length..];
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            };
            target = "http://localhost";
        }

        var options = new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true };
        configure?.Invoke(options);
        var channel = GrpcChannel.ForAddress(target, options);
        _channels.Add(channel);
        return channel;
    }

    /// <summary>Asks the server to stop, as SIGTERM does; completes when it has drained.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public Task StoppedAsync() => Task.Run(() => _app.WaitForShutdownAsync(CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        // The server first: its drain is then quick, since clients that vanish are no reason to wait.
        Gate.CutCalls();
        await _app.DisposeAsync();
        _channels.ForEach(static channel => channel.Dispose());
        Metrics.Dispose();
    }

    private static async IAsyncEnumerable<IModelEngine> LoadAsync(
        IReadOnlyList<ScriptedEngine> engines,
        Task? loaded,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await (loaded ?? Task.CompletedTask).WaitAsync(cancellation);
        foreach (var engine in engines)
        {
            yield return engine;
        }
    }
}
