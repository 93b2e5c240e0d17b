using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Security;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Security;

public sealed class AccessTests : IDisposable
{
    private const string Token = "a-token-of-some-length";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated)]
    [InlineData("Bearer wrong-token-of-some-length", StatusCode.Unauthenticated)]
    [InlineData($"Bearer {Token}", StatusCode.OK)]
    public async Task TcpCall_WithTokenFile_NeedsOneOfItsTokens(string? authorization, StatusCode expected)
    {
        await using var server = await StartAsync();
        var client = new ValueClassifier.ValueClassifierClient(server.Channel(Tcp(server)));

        Assert.Equal(expected, await StatusOfAsync(client.ListModelsAsync(new ListModelsRequest(), Headers(authorization)).ResponseAsync));

        using var stream = client.ClassifyStream(Headers(authorization));
        Assert.Equal(expected, await StatusOfAsync(CompleteAsync(stream)));
    }

    [Fact]
    public async Task TcpCall_Refused_IsLoggedWithoutTheToken()
    {
        await using var server = await StartAsync();
        var client = new ValueClassifier.ValueClassifierClient(server.Channel(Tcp(server)));

        await StatusOfAsync(client.ListModelsAsync(new ListModelsRequest(), Headers("Bearer wrong-token-of-some-length")).ResponseAsync);

        Assert.True(server.Logged.Has(33));
        Assert.DoesNotContain("wrong-token", server.Logged.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnixSocket_WithTokenFile_NeedsNone()
    {
        await using var server = await StartAsync();
        var client = new ValueClassifier.ValueClassifierClient(server.Channel(server.Addresses.Single(static address => address.Contains("unix", StringComparison.Ordinal))));

        Assert.Equal(StatusCode.OK, await StatusOfAsync(client.ListModelsAsync(new ListModelsRequest()).ResponseAsync));
    }

    [Fact]
    public async Task Health_WithTokenFile_NeedsNoneButReflectionDoes()
    {
        await using var server = await StartAsync();
        var channel = server.Channel(Tcp(server));

        Assert.Equal(StatusCode.OK, await StatusOfAsync(new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest()).ResponseAsync));
        using var reflection = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(reflection.ResponseStream.MoveNext(TestContext.Current.CancellationToken)));
        using var older = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(older.ResponseStream.MoveNext(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task HealthListen_AnswersHealthAndNothingElse()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), options =>
        {
            options.Listen = [$"unix:{_folder["s"]}"];
            options.HealthListen = "http://127.0.0.1:0";
        });
        var channel = server.Channel(Tcp(server));

        Assert.Equal(StatusCode.OK, await StatusOfAsync(new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest()).ResponseAsync));
        Assert.Equal(StatusCode.PermissionDenied, await StatusOfAsync(new ValueClassifier.ValueClassifierClient(channel).ListModelsAsync(new ListModelsRequest()).ResponseAsync));
    }

    public void Dispose() => _folder.Dispose();

    private Task<TestServer> StartAsync() => TestServer.StartAsync(new ScriptedEngine(), options =>
    {
        options.Listen = ["http://127.0.0.1:0", $"unix:{_folder["s"]}"];
        options.AcceptTokens = _folder.Write("tokens", Token);
    });

    private static string Tcp(TestServer server) => server.Addresses.Single(static address => !address.Contains("unix", StringComparison.Ordinal));

    private static Metadata Headers(string? authorization) => authorization is null ? [] : new Metadata { { "authorization", authorization } };

    private static async Task CompleteAsync(AsyncDuplexStreamingCall<ClassifyStreamRequest, ClassifyStreamResponse> stream)
    {
        var moved = stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        try
        {
            await stream.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The refusal was quicker; reading tells it.
        }

        await moved;
    }

    private static async Task<StatusCode> StatusOfAsync(Task call)
    {
        try
        {
            await call.Time();
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            Assert.NotEmpty(fault.Status.Detail);
            return fault.StatusCode;
        }
    }
}
