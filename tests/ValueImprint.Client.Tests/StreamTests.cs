using System.Globalization;
using Grpc.Core;
using ValueImprint.Auditing;
using ValueImprint.Client.FakeServer;
using ValueImprint.Client.Streaming;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;

namespace ValueImprint.Client.Tests;

public sealed class StreamTests
{
    [Fact]
    public async Task ClassifyStreamAsync_AnyWindowAndBatch_GivesEveryTextOnceInOrder()
    {
        await using var one = await FakeHost.StartAsync().Soon();
        await using var two = await FakeHost.StartAsync().Soon();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var options = new ClassifyStreamOptions { WindowTexts = random.Next(1, 200), BatchTexts = random.Next(1, 100), WindowBytes = random.Next(1024, 100_000) };
            using var client = new ClassifierClient(round % 2 == 0 ? Clients.Options(one) : Clients.Options(one, two));

            await Clients.ClassifyAllAsync(client, random.Next(0, 700), options, TestContext.Current.CancellationToken).Soon();
        }
    }

    [Fact]
    public async Task ClassifyStreamAsync_ConnectionCutInMidStream_ResumesWithTheSameResults()
    {
        var breaks = 0;
        await using var host = await FakeHost.StartAsync(new FaultPlan
        {
            OnText = (text, context) =>
            {
                // Twice, at different texts.
                if (text is "text 300" or "text 900" && Interlocked.Increment(ref breaks) <= 2)
                {
                    FaultPlan.Cut(context);
                }
            },
        }).Soon();
        var interruptions = new List<StreamInterruption>();
        using var client = new ClassifierClient(Clients.Options(host) with { OnInterruption = interruptions.Add });

        await Clients.ClassifyAllAsync(client, 2000, ct: TestContext.Current.CancellationToken).Soon();

        Assert.Equal(2, interruptions.Count);
        Assert.All(interruptions, interruption => Assert.InRange(interruption.Unanswered, 1, 1024));
        Assert.Equal(2000 + interruptions.Sum(static interruption => interruption.Unanswered), host.Plan.TextsReceived, 1100.0);
        Assert.Equal(0, host.Plan.OpenStreams);
    }

    [Fact]
    public async Task ClassifyStreamAsync_ServerEndsASlowStream_OpensAnother()
    {
        var ends = 0;
        await using var host = await FakeHost.StartAsync(new FaultPlan
        {
            OnText = (text, _) =>
            {
                if (text == "text 10" && Interlocked.Increment(ref ends) == 1)
                {
                    throw new RpcException(new Status(StatusCode.DeadlineExceeded, "Nothing moved on this stream."));
                }
            },
        }).Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        await Clients.ClassifyAllAsync(client, 100, ct: TestContext.Current.CancellationToken).Soon();

        Assert.Equal(2, host.Plan.Streams);
    }

    [Fact]
    public async Task ClassifyStreamAsync_HandlerFails_IsNotRepeated()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan { OnText = static (_, _) => throw new InvalidDataException() }).Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var fault = await Assert.ThrowsAsync<ClientException>(() => Clients.ClassifyAllAsync(client, 10, ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.CallFailed, fault.Fault);
        Assert.Equal(1, host.Plan.Streams);
    }

    [Fact]
    public async Task ClassifyStreamAsync_OneOfTwoServersStops_GoesOnWithTheOther()
    {
        await using var stays = await FakeHost.StartAsync().Soon();
        await using var stops = await FakeHost.StartAsync().Soon();
        var stopping = new TaskCompletionSource();
        stops.Plan.OnText = (_, _) => stopping.TrySetResult();
        stops.Plan.BeforeAnswer = static ct => Task.Delay(Timeout.Infinite, ct);
        using var client = new ClassifierClient(Clients.Options(stays, stops));

        var classifying = Clients.ClassifyAllAsync(client, 1500, new ClassifyStreamOptions { WindowTexts = 256 }, TestContext.Current.CancellationToken);
        await stopping.Task.Soon();
        await stops.StopAsync().Soon();
        await classifying.Soon();

        Assert.True(stays.Plan.TextsReceived >= 1500, string.Create(CultureInfo.InvariantCulture, $"{stays.Plan.TextsReceived}"));
    }

    [Fact]
    public async Task ClassifyStreamAsync_SameTextBreaksTheServerAgain_NamesAFewPlaces()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan
        {
            OnText = static (text, context) =>
            {
                if (text == "text 77")
                {
                    FaultPlan.Cut(context);
                }
            },
        }).Soon();
        using var client = new ClassifierClient(Clients.Options(host) with { MaxBreaksPerText = 2 });
        var seen = new List<int>();

        var fault = await Assert.ThrowsAsync<ClientException>(async () =>
        {
            await foreach (var (number, _) in client.ClassifyStreamAsync(
                Clients.Numbers(500), Clients.TextOf, place: static number => $"data.jsonl({number})", ct: TestContext.Current.CancellationToken))
            {
                seen.Add(number);
            }
        }).Soon();

        Assert.Equal(ClientFault.RepeatedCrash, fault.Fault);
        Assert.Equal(DiagnosticKind.Input, fault.Diagnostic.Code.Kind);
        Assert.Contains("data.jsonl(77)", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Split("data.jsonl(").Length - 1, 1, TextWindow<int>.MostBesideSuspects);
        Assert.Equal(Enumerable.Range(0, seen.Count), seen);
    }

    [Fact]
    public async Task ClassifyStreamAsync_ModelChangesAtReconnect_IsRefused()
    {
        var plan = new FaultPlan();
        plan.OnText = (text, context) =>
        {
            if (text == "text 100")
            {
                plan.ModelHash = new string('f', 64);
                FaultPlan.Cut(context);
            }
        };
        await using var host = await FakeHost.StartAsync(plan).Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var fault = await Assert.ThrowsAsync<ClientException>(() => Clients.ClassifyAllAsync(client, 500, ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.ModelChanged, fault.Fault);
        Assert.Contains("ffffffffffff", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyStreamAsync_ServerNeverAnswers_EndsAfterTheStallLimit()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan { IsMute = true }).Soon();
        using var client = new ClassifierClient(Clients.Options(host) with { StallTimeout = TimeSpan.FromMilliseconds(200), MaxBreaksPerText = 2 });

        var fault = await Assert.ThrowsAsync<ClientException>(() => Clients.ClassifyAllAsync(client, 10, ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.RepeatedCrash, fault.Fault);
        Assert.Contains("No answer came for 0.2 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassifyStreamAsync_ResultsNotTaken_ReadsNoFurtherThanTheWindow()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));
        var read = 0;
        TextWindow<int>? window = null;
        var options = new ClassifyStreamOptions { WindowTexts = 50, BatchTexts = 10 };
        var taken = 0;

        await foreach (var (number, _) in client.ClassifyStreamAsync(
            Clients.Numbers(5000, number => read = number), Clients.TextOf, options, place: null, seen => window = seen, TestContext.Current.CancellationToken))
        {
            Assert.InRange(Volatile.Read(ref read), 0, number + 51);
            taken++;
        }

        Assert.Equal(5000, taken);
        Assert.InRange(window!.PeakTexts, 1, 50);
        Assert.InRange(host.Plan.LargestBatch, 1, 10);
    }

    [Fact]
    public async Task ClassifyStreamAsync_LongTexts_KeepsToTheWindowsBytes()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));
        TextWindow<int>? window = null;
        var options = new ClassifyStreamOptions { WindowBytes = 100_000 };
        var filler = new string('ä', 5_000);

        await foreach (var _ in client.ClassifyStreamAsync(
            Clients.Numbers(200), number => filler + number, options, place: null, seen => window = seen, TestContext.Current.CancellationToken))
        {
        }

        Assert.InRange(window!.PeakBytes, 50_000, 100_000);
    }

    [Fact]
    public async Task ClassifyStreamAsync_TextTooLongToSend_FailsAlone()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));
        var options = new ClassifyStreamOptions { MaxTextBytes = 1024 };
        var results = new List<string>();

        await foreach (var (_, outcome) in client.ClassifyStreamAsync(
            Clients.Numbers(3), number => number == 1 ? new string('x', 1025) : "short", options, ct: TestContext.Current.CancellationToken))
        {
            results.Add(outcome.Fault?.Message ?? "ok");
        }

        Assert.Equal(["ok", "The text has 1025 bytes, more than the 1024 that are sent to a server; shorten or split it.", "ok"], results);
    }

    [Fact]
    public async Task ClassifyStreamAsync_CallerStopsHalfWay_LeavesNothingBehind()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));
        var source = new DisposableNumbers();

        await foreach (var (number, _) in client.ClassifyStreamAsync(source.ReadAsync(), Clients.TextOf, ct: TestContext.Current.CancellationToken))
        {
            if (number == 100)
            {
                break;
            }
        }

        Assert.True(source.IsDisposed);
        await NoStreamsAsync(host).Soon();
    }

    [Fact]
    public async Task ClassifyStreamAsync_Cancelled_LeavesNothingBehind()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan { IsMute = true }).Soon();
        using var client = new ClassifierClient(Clients.Options(host));
        using var cancel = new CancellationTokenSource();
        var source = new DisposableNumbers();
        async Task ClassifyAsync()
        {
            await foreach (var _ in client.ClassifyStreamAsync(source.ReadAsync(), Clients.TextOf, ct: cancel.Token))
            {
            }
        }

        var classifying = ClassifyAsync();
        await UntilAsync(() => host.Plan.TextsReceived > 0).Soon();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => classifying).Soon();
        Assert.True(source.IsDisposed);
        await NoStreamsAsync(host).Soon();
    }

    [Fact]
    public async Task ClassifyStreamAsync_SourceFails_ThrowsItsException()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in client.ClassifyStreamAsync(
                Clients.Numbers(100, static number => _ = number == 50 ? throw new InvalidDataException() : 0), Clients.TextOf, ct: TestContext.Current.CancellationToken))
            {
            }
        }).Soon();

        await NoStreamsAsync(host).Soon();
    }

    [Fact]
    public async Task ClassifyStreamAsync_RefusedOption_SaysTheServersWords()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var fault = await Assert.ThrowsAsync<ClientException>(
            () => Clients.ClassifyAllAsync(client, 1, new ClassifyStreamOptions { Model = "nope" }, TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.UnknownModel, fault.Fault);
    }

    private static Task NoStreamsAsync(FakeHost host) => UntilAsync(() => host.Plan.OpenStreams == 0);

    private static async Task UntilAsync(Func<bool> holds)
    {
        // The server learns of an end by the network; there is nothing to wait on.
        while (!holds())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private sealed class DisposableNumbers
    {
        public bool IsDisposed { get; private set; }

        public async IAsyncEnumerable<int> ReadAsync()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                IsDisposed = true;
            }
        }
    }
}
