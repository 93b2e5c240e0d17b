using System.Globalization;
using Grpc.Core;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class ClassifyTests
{
    [Fact]
    public async Task Classify_SeveralTexts_AnswersEachInOrder()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var reply = await server.Classifier.ClassifyAsync(Request("first", "second", "third")).ResponseAsync.Time();

        Assert.Equal(["0", "1", "2"], reply.Results.Select(result => result.Id));
        Assert.All(reply.Results.Zip(["first", "second", "third"]), static pair =>
        {
            var expected = ScriptedEngine.Outcome(pair.Second);
            var actual = pair.First.Classification;
            Assert.Equal(ScriptedEngine.Values[expected.Top], actual.Value);
            Assert.Equal([actual.Value], actual.Values);
            Assert.Equal(expected.Scores.ToArray().OrderDescending(), actual.Scores.Select(score => score.Score));
            Assert.Equal(expected.Tokens, actual.Tokens);
            Assert.Equal(Truncation.None, actual.Truncation);
        });
        Assert.Equal((await server.Classifier.GetModelAsync(new GetModelRequest()).ResponseAsync.Time()).ContentHash, reply.ModelHash);
    }

    [Fact]
    public async Task Classify_OverUnixSocket_Answers()
    {
        using var folder = new TempFolder();
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), options => options.Listen = [$"unix:{folder["s"]}"]);

        var reply = await server.Classifier.ClassifyAsync(Request("text")).ResponseAsync.Time();

        Assert.Single(reply.Results);
    }

    [Fact]
    public async Task Classify_LongText_DisclosesTruncation()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var result = (await server.Classifier.ClassifyAsync(Request(new string('x', 1000))).ResponseAsync.Time()).Results[0].Classification;

        Assert.Equal((1000, 256, Truncation.HeadTail), (result.Tokens, result.KeptTokens, result.Truncation));
    }

    [Fact]
    public async Task Classify_TopK_CutsTheScores()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var request = Request("text");
        request.Options = new ClassifyOptions { TopK = 2 };

        var scores = (await server.Classifier.ClassifyAsync(request).ResponseAsync.Time()).Results[0].Classification.Scores;

        Assert.Equal(2, scores.Count);
        Assert.True(scores[0].Score >= scores[1].Score);
    }

    [Fact]
    public async Task Classify_BadTextsInBatch_FailAlone()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var results = (await server.Classifier.ClassifyAsync(Request("good", " \n ", "!fault", "!expire", "good too")).ResponseAsync.Time()).Results;

        Assert.Equal([0, 3, 13, 4, 0], results.Select(result => result.Error?.Code ?? 0));
        Assert.All(results.Where(result => result.Error is not null), result => Assert.NotEmpty(result.Error.Message));
    }

    [Fact]
    public async Task Classify_NoTexts_IsInvalidArgument()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(new ClassifyRequest()).ResponseAsync.Time());

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Classify_TooManyTexts_IsInvalidArgumentAndNamesTheLimit()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), options => options.MaxTextsPerCall = 3);

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(Request("1", "2", "3", "4")).ResponseAsync.Time());

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains("at most 3 (MaxTextsPerCall)", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public async Task Classify_ThresholdOutOfRange_IsInvalidArgument(float threshold)
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var request = Request("text");
        request.Options = new ClassifyOptions { AbstainBelow = threshold };

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(request).ResponseAsync.Time());

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains("abstain_below", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_UnknownModel_NamesHostedAndNearest()
    {
        await using var server = await TestServer.StartAsync([new ScriptedEngine("small"), new ScriptedEngine("large")]);
        var request = Request("text");
        request.Options = new ClassifyOptions { Model = "lagre" };

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(request).ResponseAsync.Time());

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains("Did you mean 'large'?", fault.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("Hosted: small, large.", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_MessageAboveLimit_IsResourceExhausted()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => (options.MaxMessageBytes, options.MaxTextBytes) = (4096, 4096));

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(Request(new string('x', 5000))).ResponseAsync.Time());

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Contains("4,096 bytes (MaxMessageBytes)", fault.Status.Detail, StringComparison.Ordinal);

        // The same message would be refused again, so nothing invites the client to repeat it.
        Assert.Null(fault.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    [Fact]
    public async Task Classify_QueueFull_IsResourceExhaustedAndTakesItsTextsBack()
    {
        var engine = new ScriptedEngine(capacity: 16).Hold();
        await using var server = await TestServer.StartAsync(engine, static options => (options.QueueLength, options.MaxTextsPerCall) = (16, 16));
        var waiting = server.Classifier.ClassifyAsync(Request([.. Enumerable.Repeat("text", 10)]));
        await engine.QueuedAsync(10);

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(Request([.. Enumerable.Repeat("text", 7)])).ResponseAsync.Time());

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Contains("QueueLength", fault.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(int.Parse(fault.Trailers.GetValue("grpc-retry-pushback-ms")!, CultureInfo.InvariantCulture), 50, 5000);
        await Within.Until(() => engine.QueuedTexts == 10, "the refused call's texts are gone");
        engine.Release();
        Assert.Equal(10, (await waiting.ResponseAsync.Time()).Results.Count);
    }

    [Fact]
    public async Task Classify_DeadlineWhileQueued_IsDeadlineExceededAndFreesTheQueue()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine);

        var fault = await Assert.ThrowsAsync<RpcException>(
            () => server.Classifier.ClassifyAsync(Request("text"), deadline: DateTime.UtcNow.AddMilliseconds(300)).ResponseAsync.Time());

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        await Within.Until(() => engine is { QueuedTexts: 0, OpenLanes: 0 }, "the queue is empty");
    }

    [Fact]
    public async Task Classify_NoDeadlineOfTheClient_DefaultDeadlineHolds()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => options.DefaultDeadline = TimeSpan.FromMilliseconds(200));

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(Request("text")).ResponseAsync.Time());

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        Assert.Contains("200ms (DefaultDeadline)", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_ClientCancels_FreesTheQueue()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine);
        using var cancel = new CancellationTokenSource();
        var call = server.Classifier.ClassifyAsync(Request("text"), cancellationToken: cancel.Token);
        await engine.QueuedAsync(1);

        await cancel.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.Time())).StatusCode);
        await Within.Until(() => engine is { QueuedTexts: 0, OpenLanes: 0 } && server.Gate.Active == 0, "nothing is left of the call");
    }

    [Fact]
    public async Task Classify_TooManyCalls_IsResourceExhausted()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => options.MaxCalls = 1);
        var first = server.Classifier.ClassifyAsync(Request("text"));
        await engine.QueuedAsync(1);

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(Request("text")).ResponseAsync.Time());

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Contains("MaxCalls", fault.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(int.Parse(fault.Trailers.GetValue("grpc-retry-pushback-ms")!, CultureInfo.InvariantCulture), 50, 5000);
        engine.Release();
        await first.ResponseAsync.Time();
    }

    [Fact]
    public async Task Classify_TimingsWanted_SendsThemAsTrailers()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var call = server.Classifier.ClassifyAsync(Request("one", "two"), new Metadata { { "valueimprint-timings", "1" } });
        await call.ResponseAsync.Time();

        var trailers = call.GetTrailers();
        Assert.Equal("1.5", trailers.GetValue("valueimprint-queue-ms"));
        Assert.Equal("0.5", trailers.GetValue("valueimprint-tokenize-ms"));
        Assert.Equal("2", trailers.GetValue("valueimprint-execute-ms"));
    }

    [Fact]
    public async Task Classify_TimingsNotWanted_SendsNone()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var call = server.Classifier.ClassifyAsync(Request("one"));
        await call.ResponseAsync.Time();

        Assert.DoesNotContain(call.GetTrailers(), static trailer => trailer.Key.StartsWith("valueimprint-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Classify_TextsAndIds_NeverInTheLog()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.MaxTextsPerCall = 2);
        var request = new ClassifyRequest { Texts = { new TextItem { Id = "secret-id", Text = "secret-text" }, new TextItem { Id = "secret-id", Text = "!fault secret-text" } } };
        await server.Classifier.ClassifyAsync(request).ResponseAsync.Time();
        request.Texts.Add(request.Texts[0]);

        await Assert.ThrowsAsync<RpcException>(() => server.Classifier.ClassifyAsync(request).ResponseAsync.Time());

        Assert.DoesNotContain("secret", server.Logged.All, StringComparison.Ordinal);
    }

    private static ClassifyRequest Request(params string[] texts) =>
        new() { Texts = { texts.Select(static (text, index) => new TextItem { Id = index.ToString(System.Globalization.CultureInfo.InvariantCulture), Text = text }) } };
}
