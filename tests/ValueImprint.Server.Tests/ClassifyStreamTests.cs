using Grpc.Core;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class ClassifyStreamTests
{
    private const string InFlight = "valueimprint.server.rows.in_flight";

    [Fact]
    public async Task ClassifyStream_ManyTextsAtOnce_AnswersInOrderOfArrival()
    {
        // Held texts are answered backwards, so that only the server itself can have put them in order.
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine);
        using var call = server.Classifier.ClassifyStream();
        string[] texts = [.. Enumerable.Range(0, 1000).Select(static i => $"text {i}")];
        var answers = ReadAllAsync(call);
        foreach (var chunk in texts.Chunk(37))
        {
            await call.RequestStream.WriteAsync(Message(chunk)).Time();
        }

        await engine.QueuedAsync(1000);
        engine.Release();
        await call.RequestStream.CompleteAsync().Time();

        var results = await answers.Time();
        Assert.Equal(texts, results.Select(result => result.Id));
        Assert.All(results, static result =>
            Assert.Equal(ScriptedEngine.Values[ScriptedEngine.Outcome(result.Id).Top], result.Classification.Value));
        Assert.Equal(0, server.Metrics.Sum(InFlight));
    }

    [Fact]
    public async Task ClassifyStream_SeveralAtOnce_EachKeepsItsOwnOrder()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(capacity: 50));

        var streams = await Task.WhenAll(Enumerable.Range(0, 6).Select(stream => Task.Run(async () =>
        {
            string[] texts = [.. Enumerable.Range(0, 300).Select(i => $"stream {stream} text {i}")];
            using var call = server.Classifier.ClassifyStream();
            var answers = ReadAllAsync(call);
            foreach (var chunk in texts.Chunk(11))
            {
                await call.RequestStream.WriteAsync(Message(chunk)).Time();
            }

            await call.RequestStream.CompleteAsync().Time();
            return (texts, results: await answers);
        }))).Time();

        Assert.All(streams, static stream => Assert.Equal(stream.texts, stream.results.Select(result => result.Id)));
    }

    [Fact]
    public async Task ClassifyStream_ClientThatDoesNotRead_IsNotReadFromEither()
    {
        const int window = 40;
        var engine = new ScriptedEngine();
        await using var server = await TestServer.StartAsync(engine, static options => options.MaxRowsInFlight = window);
        using var call = server.Classifier.ClassifyStream();
        var id = new string('i', 3000);

        // 8,000 answers of 3 KB are far more than all flow-control windows and buffers on the way hold.
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 400; i++)
            {
                await call.RequestStream.WriteAsync(new ClassifyStreamRequest { Texts = { Enumerable.Range(0, 20).Select(n => new TextItem { Id = id, Text = $"{i} {n}" }) } });
            }

            await call.RequestStream.CompleteAsync();
        });
        await Within.Until(() => server.Metrics.Sum(InFlight) == window, "the window is full");
        Assert.False(writing.IsCompleted, "the client could send everything although it reads nothing");

        var results = await ReadAllAsync(call).Time();
        await writing.Time();
        Assert.Equal(8000, results.Count);
        Assert.Equal(window, server.Metrics.Peak(InFlight));
        Assert.Equal(0, server.Metrics.Sum(InFlight));
    }

    [Fact]
    public async Task ClassifyStream_LargeTexts_AreBoundedByBytes()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => options.MaxBytesInFlight = 1000);
        using var call = server.Classifier.ClassifyStream();
        var answers = ReadAllAsync(call);
        await call.RequestStream.WriteAsync(new ClassifyStreamRequest { Texts = { Enumerable.Range(0, 20).Select(static _ => new TextItem { Text = new string('x', 300) }) } }).Time();
        await call.RequestStream.CompleteAsync().Time();
        await engine.QueuedAsync(3);
        engine.Release();

        Assert.Equal(20, (await answers.Time()).Count);
        Assert.Equal(3, server.Metrics.Peak(InFlight));
    }

    [Fact]
    public async Task ClassifyStream_FullQueue_WaitsForRoom()
    {
        var engine = new ScriptedEngine(capacity: 16).Hold();
        await using var server = await TestServer.StartAsync(engine, static options => (options.QueueLength, options.MaxTextsPerCall) = (16, 16));
        using var call = server.Classifier.ClassifyStream();
        var answers = ReadAllAsync(call);
        foreach (var chunk in Enumerable.Range(0, 64).Select(static i => $"{i}").Chunk(16))
        {
            await call.RequestStream.WriteAsync(Message(chunk)).Time();
        }

        await call.RequestStream.CompleteAsync().Time();
        await engine.QueuedAsync(16);
        engine.Release();

        Assert.Equal(64, (await answers.Time()).Count);
        Assert.Equal(16, engine.MostQueued);
    }

    [Fact]
    public async Task ClassifyStream_BadTexts_FailAlone()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var results = await ClassifyAsync(server, Message("good", "", "!fault", "good"));

        Assert.Equal([0, 3, 13, 0], results.Select(result => result.Error?.Code ?? 0));
    }

    [Fact]
    public async Task ClassifyStream_NoMessage_EndsWithOk()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        Assert.Empty(await ClassifyAsync(server));
    }

    [Fact]
    public async Task ClassifyStream_OptionsInFirstMessage_HoldForAll()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var first = Message("one");
        first.Options = new ClassifyOptions { TopK = 1 };

        var results = await ClassifyAsync(server, first, Message("two", "three"));

        Assert.All(results, static result => Assert.Single(result.Classification.Scores));
    }

    [Fact]
    public async Task ClassifyStream_OptionsInLaterMessage_IsInvalidArgument()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var late = Message("two");
        late.Options = new ClassifyOptions();

        var fault = await Assert.ThrowsAsync<RpcException>(() => ClassifyAsync(server, Message("one"), late));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task ClassifyStream_TooManyTextsInMessage_IsInvalidArgument()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.MaxTextsPerCall = 2);

        var fault = await Assert.ThrowsAsync<RpcException>(() => ClassifyAsync(server, Message("1", "2"), Message("1", "2", "3")));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains("MaxTextsPerCall", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyStream_RefusedWhileAnAnswerIsBeingWritten_StillSaysWhy()
    {
        const int read = 5000;
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => (options.MaxRowsInFlight, options.MaxTextsPerCall) = (8192, 1000));
        using var call = server.Classifier.ClassifyStream();
        foreach (var chunk in Enumerable.Range(0, read).Select(static i => $"text {i}").Chunk(1000))
        {
            await call.RequestStream.WriteAsync(Message(chunk)).Time();
        }

        // More answers than fit into the buffers of a client that does not read yet: the server is in the middle of writing one.
        await engine.QueuedAsync(read);
        engine.Release();
        engine.Hold();
        await call.RequestStream.WriteAsync(Message("held")).Time();
        await engine.QueuedAsync(1);
        await call.RequestStream.WriteAsync(Message([.. Enumerable.Range(0, 1001).Select(static i => $"{i}")])).Time();
        await Within.Until(() => engine.QueuedTexts == 0, "the refusal has ended the text that was held");

        var fault = await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(call).Time());

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains("MaxTextsPerCall", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyStream_OversizeMessage_NamesTheLimit()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => (options.MaxMessageBytes, options.MaxTextBytes) = (4096, 4096));

        var fault = await Assert.ThrowsAsync<RpcException>(() => ClassifyAsync(server, Message("small"), Message(new string('x', 5000))));

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Contains("MaxMessageBytes", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyStream_ClientVanishes_LeavesNothingBehind()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine);
        var channel = server.Channel();
        var call = new ValueClassifier.ValueClassifierClient(channel).ClassifyStream();
        await call.RequestStream.WriteAsync(Message("one", "two", "three")).Time();
        await engine.QueuedAsync(3);

        // Closes the connection, as a client does that is killed.
        channel.Dispose();

        await Within.Until(() => engine is { QueuedTexts: 0, OpenLanes: 0 } && server.Gate.Active == 0, "nothing is left of the call");
        await Within.Until(() => server.Metrics.Sum("valueimprint.server.calls.active") == 0, "the call is accounted for");
        Assert.Equal(0, server.Metrics.Sum(InFlight));
        Assert.False(server.Logged.Has(20), "a client that leaves is no fault of the server");
    }

    [Fact]
    public async Task ClassifyStream_NothingMoves_IsCutByStallTimeout()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.StallTimeout = TimeSpan.FromMilliseconds(300));
        using var call = server.Classifier.ClassifyStream();
        await call.RequestStream.WriteAsync(Message("one")).Time();

        var fault = await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(call).Time());

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        Assert.Contains("StallTimeout", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyStream_Deadline_IsDeadlineExceeded()
    {
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine);
        using var call = server.Classifier.ClassifyStream(deadline: DateTime.UtcNow.AddMilliseconds(400));

        // On a busy machine the deadline may pass before the text has left.
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await call.RequestStream.WriteAsync(Message("one")).Time();
            await ReadAllAsync(call).Time();
        });

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        await Within.Until(() => engine is { QueuedTexts: 0, OpenLanes: 0 }, "the queue is empty");
    }

    [Fact]
    public async Task ClassifyStream_EngineFails_IsInternalWithAnIdThatTheLogHas()
    {
        var engine = new ScriptedEngine();
        await using var server = await TestServer.StartAsync(engine);

        var fault = await Assert.ThrowsAsync<RpcException>(() => ClassifyAsync(server, Message("one", "!throw")));

        Assert.Equal(StatusCode.Internal, fault.StatusCode);
        var id = fault.Status.Detail.TrimEnd('.').Split(' ')[^1];
        Assert.Contains(id, server.Logged.All, StringComparison.Ordinal);
        Assert.DoesNotContain("scripted", fault.Status.Detail, StringComparison.Ordinal);
    }

    private static ClassifyStreamRequest Message(params string[] texts) =>
        new() { Texts = { texts.Select(static text => new TextItem { Id = text, Text = text }) } };

    private static async Task<List<TextResult>> ClassifyAsync(TestServer server, params ClassifyStreamRequest[] messages)
    {
        using var call = server.Classifier.ClassifyStream();
        var answers = ReadAllAsync(call);
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message).Time();
            }

            await call.RequestStream.CompleteAsync().Time();
        }
        catch (RpcException)
        {
            // The server has ended the call already; the answers say why.
        }

        return await answers.Time();
    }

    private static async Task<List<TextResult>> ReadAllAsync(AsyncDuplexStreamingCall<ClassifyStreamRequest, ClassifyStreamResponse> call)
    {
        var results = new List<TextResult>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            Assert.Equal(64, call.ResponseStream.Current.ModelHash.Length);
            results.AddRange(call.ResponseStream.Current.Results);
        }

        return results;
    }
}
