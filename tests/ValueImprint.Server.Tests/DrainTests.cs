using Grpc.Core;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_CallUnderWay_FinishesWhileNewOnesAreRefused()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine);
        var underWay = server.Classifier.ClassifyAsync(Request());
        await engine.QueuedAsync(1);

        var stopping = server.StopAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(Request()).ResponseAsync.Time());
        engine.Release();

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Contains("shutting down", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Single((await underWay.ResponseAsync.Time()).Results);
        await stopping.Time();
        Assert.True(engine.IsDisposed);
        Assert.False(server.Logged.Has(4), "no call was cut off");
    }

    [Fact]
    public async Task Stop_CallThatTakesTooLong_IsCutOffWithUnavailable()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => options.DrainTimeout = TimeSpan.FromMilliseconds(200));
        var underWay = server.Classifier.ClassifyAsync(Request());
        await engine.QueuedAsync(1);

        await server.StopAsync().Time();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => underWay.ResponseAsync.Time())).StatusCode);
        Assert.True(server.Logged.Has(4), "the cut is logged");
    }

    [Fact]
    public async Task Stop_WhileModelsLoad_StopsAtOnce()
    {
        await using var server = await TestServer.StartAsync([new ScriptedEngine()], loaded: new TaskCompletionSource().Task);

        await server.StopAsync().Time();

        Assert.True(server.Logged.Has(7));
    }

    [Fact]
    public async Task IdleTimeout_NoCalls_StopsTheServer()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.IdleTimeout = TimeSpan.FromMilliseconds(200));

        await server.StoppedAsync().Time();

        Assert.True(server.Logged.Has(6));
    }

    [Fact]
    public async Task IdleTimeout_CallUnderWay_KeepsTheServer()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => options.IdleTimeout = TimeSpan.FromSeconds(2));
        var underWay = server.Classifier.ClassifyAsync(Request());
        await engine.QueuedAsync(1);

        var stopped = server.StoppedAsync();
        await Task.WhenAny(stopped, Task.Delay(4000, TestContext.Current.CancellationToken));
        Assert.False(stopped.IsCompleted, "stopped with a call under way");
        engine.Release();

        Assert.Single((await underWay.ResponseAsync.Time()).Results);
        await stopped.Time();
    }

    private static ClassifyRequest Request() => new() { Texts = { new TextItem { Text = "text" } } };
}
