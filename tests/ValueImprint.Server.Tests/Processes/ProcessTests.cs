using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace ValueImprint.Server.Tests.Processes;

public sealed class ProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sigterm_CallsUnderWay_FinishAndTheExitCodeIsZero()
    {
        await using var server = ServerProcess.Start(["--listen", "http://127.0.0.1:0", "--drain-timeout", "30s"]);
        using var channel = GrpcChannel.ForAddress(await server.ListeningAsync());
        var classifier = new ValueClassifier.ValueClassifierClient(channel);
        var health = new Health.HealthClient(channel);
        await ServesAsync(health);
        using var stream = classifier.ClassifyStream();
        Assert.Equal("before", await RoundTripAsync(stream, "before"));

        server.Signal("TERM");
        await Within.Until(() => health.Check(new HealthCheckRequest()).Status == Serving.NotServing, "health flips");
        var refused = await Assert.ThrowsAsync<RpcException>(() => classifier.ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time());
        Assert.Equal("during", await RoundTripAsync(stream, "during"));
        await stream.RequestStream.CompleteAsync().Time();

        Assert.False(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal(ServerProgram.Stopped, await server.ExitCodeAsync());
    }

    [Fact]
    public async Task Sigterm_Twice_EndsTheCallsAndSaysSo()
    {
        await using var server = ServerProcess.Start(["--listen", "http://127.0.0.1:0", "--drain-timeout", "1h"]);
        using var channel = GrpcChannel.ForAddress(await server.ListeningAsync());
        var health = new Health.HealthClient(channel);
        await ServesAsync(health);
        using var stream = new ValueClassifier.ValueClassifierClient(channel).ClassifyStream();
        await RoundTripAsync(stream, "text");

        server.Signal("TERM");
        await Within.Until(() => health.Check(new HealthCheckRequest()).Status == Serving.NotServing, "health flips");
        server.Signal("TERM");

        var fault = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        Assert.True(fault.StatusCode == StatusCode.Unavailable, $"{fault.Status}\n{server.Errors}");
        Assert.Equal(ServerProgram.Forced, await server.ExitCodeAsync());
    }

    [Fact]
    public async Task UnixSocket_FileModeAndSecondServerAndCrash_AreHandled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes and signals are Unix's.");
        var path = _folder["run/s.sock"];
        await using (var first = ServerProcess.Start(["--listen", $"unix:{path}"]))
        {
            Assert.Equal($"unix:{path}", await first.ListeningAsync());
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["run"]));
            }

            await using var second = ServerProcess.Start(["--listen", $"unix:{path}"]);
            Assert.Equal(ServerProgram.CouldNotServe, await second.ExitCodeAsync());
            Assert.Contains("another server holds this socket", second.Errors, StringComparison.Ordinal);
            await ServesAsync(new Health.HealthClient(Channel(path)));

            first.Signal("KILL");
            await first.ExitCodeAsync();
        }

        Assert.True(File.Exists(path), "a killed server leaves its socket behind");
        await using var third = ServerProcess.Start(["--listen", $"unix:{path}", "--idle-timeout", "500ms"]);
        await third.ListeningAsync();
        await ServesAsync(new Health.HealthClient(Channel(path)));
        Assert.Equal(ServerProgram.Stopped, await third.ExitCodeAsync());
        Assert.False(File.Exists(path), "a stopped server leaves none");
    }

    [Theory]
    [InlineData(ServerProgram.UsageError, "Did you mean '--queue-length'?", "--queue-lenght", "5")]
    [InlineData(ServerProgram.UsageError, "--allow-plaintext", "--listen", "http://0.0.0.0:0")]
    [InlineData(ServerProgram.UsageError, "AcceptTokens '/no/such/file'", "--accept-tokens", "/no/such/file")]
    [InlineData(ServerProgram.CouldNotServe, "/no/such/model", "--listen", "http://127.0.0.1:0", "--model", "/no/such/model")]
    public async Task Start_ThatCanNotWork_EndsWithItsCodeAndTheReason(int code, string expected, params string[] args)
    {
        await using var server = ServerProcess.Start(args, withModel: false);

        Assert.Equal(code, await server.ExitCodeAsync());
        Assert.Contains(expected, server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressInUse_EndsWithTheReason()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        await using var server = ServerProcess.Start(["--listen", $"http://{taken.LocalEndpoint}"]);

        Assert.Equal(ServerProgram.CouldNotServe, await server.ExitCodeAsync());
        Assert.Contains("in use", server.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OptionsFromTheEnvironment_Hold()
    {
        await using var server = ServerProcess.Start(["--listen", "http://127.0.0.1:0"], new() { ["VALUEIMPRINT_SERVE_MAX_TEXTS_PER_CALL"] = "1" });
        using var channel = GrpcChannel.ForAddress(await server.ListeningAsync());
        await ServesAsync(new Health.HealthClient(channel));

        var fault = await Assert.ThrowsAsync<RpcException>(() => new ValueClassifier.ValueClassifierClient(channel)
            .ClassifyAsync(new ClassifyRequest { Texts = { new TextItem { Text = "a" }, new TextItem { Text = "b" } } }).ResponseAsync.Time());

        Assert.Contains("at most 1 (MaxTextsPerCall)", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VALUEIMPRINT_SERVE_QUEUE_LENGHT", "Did you mean 'VALUEIMPRINT_SERVE_QUEUE_LENGTH'?")]
    [InlineData("VALUEIMPRINT__QUEUELENGTH", "VALUEIMPRINT_SERVE_QUEUE_LENGTH")]
    public async Task Start_MisspeltVariable_EndsWithTheReason(string variable, string expected)
    {
        await using var server = ServerProcess.Start(["--listen", "http://127.0.0.1:0"], new() { [variable] = "64" });

        Assert.Equal(ServerProgram.UsageError, await server.ExitCodeAsync());
        Assert.Contains(expected, server.Errors, StringComparison.Ordinal);
    }

    private static Task ServesAsync(Health.HealthClient health) => Within.Until(() => health.Check(new HealthCheckRequest()).Status == Serving.Serving, "serving");

    private static GrpcChannel Channel(string socketPath) => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });

    private static async Task<string> RoundTripAsync(AsyncDuplexStreamingCall<ClassifyStreamRequest, ClassifyStreamResponse> stream, string text)
    {
        await stream.RequestStream.WriteAsync(new ClassifyStreamRequest { Texts = { new TextItem { Id = text, Text = text } } }).Time();
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        var result = Assert.Single(stream.ResponseStream.Current.Results);
        Assert.NotNull(result.Classification);
        return result.Id;
    }
}
