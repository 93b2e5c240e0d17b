using Grpc.Core;
using Grpc.Health.V1;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class AccountingTests
{
    private const string Prefix = "valueimprint.server.calls.";

    [Fact]
    public async Task Calls_OfAllOutcomes_AddUp()
    {
        var engine = new ScriptedEngine();
        await using var server = await TestServer.StartAsync(engine, static options => options.MaxTextsPerCall = 2);
        var one = new ClassifyRequest { Texts = { new TextItem { Text = "one" } } };

        // One connection, open before a deadline runs: a call that expires on the client alone is none of the server's.
        var channel = server.Channel();
        var classifier = new ValueClassifier.ValueClassifierClient(channel);
        var health = new Health.HealthClient(channel);
        await classifier.ClassifyAsync(one).ResponseAsync.Time();
        await health.CheckAsync(new HealthCheckRequest()).ResponseAsync.Time();
        await FailAsync(classifier.ClassifyAsync(new ClassifyRequest()).ResponseAsync);
        await FailAsync(health.CheckAsync(new HealthCheckRequest { Service = "?" }).ResponseAsync);
        await FailAsync(channel.CreateCallInvoker().AsyncUnaryCall(Unserved, null, default, one).ResponseAsync);
        engine.Hold();
        await FailAsync(classifier.ClassifyAsync(one, deadline: DateTime.UtcNow.AddMilliseconds(500)).ResponseAsync);
        await Within.Until(() => engine.QueuedTexts == 0, "the expired text has left");
        using var cancel = new CancellationTokenSource();
        var cancelled = classifier.ClassifyAsync(one, cancellationToken: cancel.Token);
        await engine.QueuedAsync(1);
        await cancel.CancelAsync();
        await FailAsync(cancelled.ResponseAsync);
        await Within.Until(() => engine.QueuedTexts == 0, "the cancelled text has left");
        var underWay = classifier.ClassifyAsync(one);
        await engine.QueuedAsync(1);

        await Within.Until(() => server.Metrics.Sum(Prefix + "active") == 1, "one call is left");
        Assert.Equal(8, server.Metrics.Sum(Prefix + "started"));
        Assert.Equal(2, server.Metrics.Sum(Prefix + "succeeded"));
        Assert.Equal(5, server.Metrics.Sum(Prefix + "failed"));

        engine.Release();
        await underWay.ResponseAsync.Time();
        await Within.Until(() => server.Metrics.Sum(Prefix + "active") == 0, "no call is left");
        Assert.Equal(3, server.Metrics.Sum(Prefix + "succeeded"));
        Assert.Equal(2, server.Metrics.Sum("valueimprint.server.texts"));
    }

    private static readonly Method<ClassifyRequest, ClassifyResponse> Unserved = new(
        MethodType.Unary,
        "valueimprint.v1.ValueClassifier",
        "NoSuchMethod",
        Marshallers.Create(static _ => Array.Empty<byte>(), static _ => new ClassifyRequest()),
        Marshallers.Create(static _ => Array.Empty<byte>(), static _ => new ClassifyResponse()));

    private static async Task FailAsync(Task call) => await Assert.ThrowsAsync<RpcException>(() => call.Time());
}
