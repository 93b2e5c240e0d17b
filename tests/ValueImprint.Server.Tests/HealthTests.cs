using Grpc.Core;
using Grpc.Health.V1;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace ValueImprint.Server.Tests;

public sealed class HealthTests
{
    private const string Classifier = "valueimprint.v1.ValueClassifier";

    [Theory]
    [InlineData("")]
    [InlineData(Classifier)]
    public async Task Check_WhileModelsLoadAndAfter_FlipsToServing(string service)
    {
        var loaded = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync([new ScriptedEngine()], loaded: loaded.Task);
        var request = new HealthCheckRequest { Service = service };

        var before = await server.Health.CheckAsync(request).ResponseAsync.Time();
        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time());
        loaded.SetResult();

        Assert.Equal(Serving.NotServing, before.Status);
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Contains("loading", fault.Status.Detail, StringComparison.Ordinal);
        await Within.Until(() => server.Health.Check(request).Status == Serving.Serving, "serving");
        Assert.NotEmpty((await server.Classifier.ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time()).Models);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Health.CheckAsync(new HealthCheckRequest { Service = "no.such" }).ResponseAsync.Time());

        Assert.Equal(StatusCode.NotFound, fault.StatusCode);
    }

    [Fact]
    public async Task List_Serving_NamesAll()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var statuses = (await server.Health.ListAsync(new HealthListRequest()).ResponseAsync.Time()).Statuses;

        Assert.Equal(["", Classifier], statuses.Keys.Order(StringComparer.Ordinal));
        Assert.All(statuses.Values, static response => Assert.Equal(Serving.Serving, response.Status));
    }

    [Fact]
    public async Task Watch_FromStartToDrain_TellsEveryFlip()
    {
        var loaded = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync([new ScriptedEngine()], loaded: loaded.Task);
        using var watch = server.Health.Watch(new HealthCheckRequest { Service = Classifier });

        Assert.Equal(Serving.NotServing, await NextAsync(watch));
        loaded.SetResult();
        Assert.Equal(Serving.Serving, await NextAsync(watch));

        // A call under way keeps the server draining, so that the flip is seen to come before the end.
        using var call = server.Classifier.ClassifyStream();
        await call.RequestStream.WriteAsync(new ClassifyStreamRequest { Texts = { new TextItem { Text = "one" } } }).Time();
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        var stopping = server.StopAsync();
        Assert.Equal(Serving.NotServing, await NextAsync(watch));
        Assert.False(stopping.IsCompleted);
        await call.RequestStream.CompleteAsync().Time();
        Assert.False(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        await stopping.Time();
    }

    [Fact]
    public async Task Watch_UnknownService_SaysSoAndStays()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        using var watch = server.Health.Watch(new HealthCheckRequest { Service = "no.such" });

        Assert.Equal(Serving.ServiceUnknown, await NextAsync(watch));

        Assert.False(watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken).IsCompleted);
    }

    private static async Task<Serving> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        return watch.ResponseStream.Current.Status;
    }
}
