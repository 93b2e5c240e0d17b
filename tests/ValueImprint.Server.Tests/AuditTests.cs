using System.Text;
using System.Text.Json;
using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;
using CoreProblemType = ValueImprint.Core.Imprints.ProblemType;

namespace ValueImprint.Server.Tests;

public sealed class AuditTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public async Task Audit_Rows_GivesTheImprintThatTheRowsCountUpTo()
    {
        var engine = new ScriptedEngine();
        await using var server = await TestServer.StartAsync(engine);
        AuditRow[] rows =
        [
            Row(1, "good one", "bad one"),
            Row(2, "good two", new string('x', 500)),
            new AuditRow { Line = 3, Rejected = "missing-field" },
            Row(4, "good four", "  "),
            new AuditRow { Line = 5, Duplicate = true },
            Row(6, "!fault", ""),
        ];

        var (imprint, _) = await AuditAsync(server, rows, chunk: 2);

        var model = engine.Model;
        var builder = new ImprintBuilder(
            new ImprintModel
            {
                Name = model.Name,
                Version = model.Version,
                ContentHash = model.ContentHash,
                TokenizerHash = model.TokenizerHash,
                Variant = "fp32",
                ProblemType = CoreProblemType.SingleLabel,
                MaxTokens = 256,
                Truncation = TruncationStrategy.HeadTail,
                HeadShare = 0.5,
                HasStance = true,
                Confusion = new ConfusionMatrix(7, [.. model.Confusion]),
            },
            ValueTaxonomy.BuiltIn.Identity);
        var file = builder.AddFile("data.jsonl", 10, Hash);
        builder.AddRow(file, [Verdict(TextScope.Chosen, "good one"), Verdict(TextScope.Rejected, "bad one")]);
        builder.AddRow(file, [Verdict(TextScope.Chosen, "good two"), Verdict(TextScope.Rejected, new string('x', 500))]);
        builder.AddRejected(file, 3, "missing-field");
        builder.AddRejected(file, 4, "empty-text");
        builder.AddDuplicate(file);
        builder.AddRejected(file, 6, "model-failed");
        Assert.Equal(WithoutRun(ImprintWriter.ToBytes(builder.Build(ImprintRun.None))), WithoutRun(imprint));
    }

    [Fact]
    public async Task Audit_OtherChunksAndConcurrency_GivesTheSameBytes()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(capacity: 64), static options => options.MaxRowsInFlight = 16);
        AuditRow[] rows = [.. Enumerable.Range(1, 400).Select(static i => i % 17 == 0 ? Row(i, "text", " ") : Row(i, $"chosen {i}", $"rejected {i}"))];

        var imprints = await Task.WhenAll(new[] { 1, 7, 400, 64 }.Select(chunk => Task.Run(async () => (await AuditAsync(server, rows, chunk)).Imprint))).Time();

        Assert.All(imprints, imprint => Assert.Equal(WithoutRun(imprints[0]), WithoutRun(imprint)));
    }

    [Fact]
    public async Task Audit_Progress_ComesAsOftenAsAskedFor()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        AuditRow[] rows = [.. Enumerable.Range(1, 35).Select(static i => i % 5 == 0 ? new AuditRow { Line = i, Rejected = "bad-json" } : Row(i, $"{i}", "r"))];

        var (_, progress) = await AuditAsync(server, rows, chunk: 35, progressEvery: 10);

        Assert.Equal([10, 20, 30], progress.Select(message => message.RowsClassified + message.RowsRejected));
        Assert.Equal([2, 4, 6], progress.Select(message => message.RowsRejected));
        Assert.All(progress, static message => Assert.InRange(message.RowsRead, message.RowsClassified + message.RowsRejected, 35));
    }

    [Fact]
    public async Task Audit_NoRows_GivesAnImprintOfNothing()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var (imprint, _) = await AuditAsync(server, [], chunk: 1);

        Assert.Equal(0, JsonDocument.Parse(imprint).RootElement.GetProperty("rows").GetProperty("read").GetInt64());
    }

    [Fact]
    public async Task Audit_Threshold_IsRecorded()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var (imprint, _) = await AuditAsync(server, [Row(1, "a", "b")], chunk: 1, start => start.AbstainBelow = 0.3f);

        Assert.Equal(0.3, JsonDocument.Parse(imprint).RootElement.GetProperty("model").GetProperty("abstain_below").GetDouble());
    }

    [Fact]
    public async Task Audit_WindowAndQueue_AreBounded()
    {
        const int window = 8;
        var engine = new ScriptedEngine().Hold();
        await using var server = await TestServer.StartAsync(engine, static options => options.MaxRowsInFlight = window);

        // A row of more texts than the window must pass, too.
        var wide = new AuditRow { Line = 1 };
        wide.Texts.AddRange(Enumerable.Range(0, 3 * window).Select(static i => new ScopedText { Scope = Scope.Text, Text = $"{i}" }));
        var audit = AuditAsync(server, [wide], chunk: 1);
        await engine.QueuedAsync(window);
        engine.Release();

        var (imprint, _) = await audit.Time();
        Assert.Equal(3 * window, JsonDocument.Parse(imprint).RootElement.GetProperty("scopes")[0].GetProperty("texts").GetInt64());
        Assert.Equal(window, server.Metrics.Peak("valueimprint.server.rows.in_flight"));
        Assert.Equal(0, server.Metrics.Sum("valueimprint.server.rows.in_flight"));
    }

    [Fact]
    public async Task Audit_TextThatExpired_FailsTheCallInsteadOfCountingIt()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var fault = await Assert.ThrowsAsync<RpcException>(() => AuditAsync(server, [Row(1, "!expire", "b")], chunk: 1));

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
    }

    [Theory]
    [MemberData(nameof(WrongMessages))]
    public async Task Audit_WrongMessages_AreInvalidArgument(string expected, AuditRequest[] messages)
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var fault = await Assert.ThrowsAsync<RpcException>(() => SendAsync(server, messages));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Contains(expected, fault.Status.Detail, StringComparison.Ordinal);
    }

    public static TheoryData<string, AuditRequest[]> WrongMessages()
    {
        var start = Start();
        var scopeless = new AuditRow { Line = 1, Texts = { new ScopedText { Text = "t" } } };
        return new TheoryData<string, AuditRequest[]>
        {
            { "begins with a 'start'", [] },
            { "begins with a 'start'", [Rows(Row(1, "a", "b"))] },
            { "hold 'rows'", [start, start] },
            { "names file 1", [start, Rows(new AuditRow { File = 1, Line = 1, Rejected = "x" })] },
            { "lines count from 1", [start, Rows(new AuditRow { Rejected = "x" })] },
            { "exactly one of the three", [start, Rows(new AuditRow { Line = 1 })] },
            { "exactly one of the three", [start, Rows(new AuditRow { Line = 1, Duplicate = true, Rejected = "x" })] },
            { "data.jsonl(7): the reason", [start, Rows(new AuditRow { Line = 7, Rejected = "Some Text" })] },
            { "data.jsonl(1): a text has no scope", [start, Rows(scopeless)] },
            { "start.files has 0", [new AuditRequest { Start = new AuditStart() }] },
            { "start.files[0]", [new AuditRequest { Start = new AuditStart { Files = { new AuditFile { Name = "x", Sha256 = "abc" } } } }] },
            { "progress_every", [Start(static message => message.ProgressEvery = -1)] },
            { "no model 'nope'", [Start(static message => message.Model = "nope")] },
        };
    }

    private static TextVerdict Verdict(TextScope scope, string text)
    {
        var outcome = ScriptedEngine.Outcome(text);
        return new TextVerdict(scope, outcome.Values, outcome.Scores, outcome.Stance, text.Length > 256);
    }

    private static AuditRow Row(long line, string chosen, string rejected) => new()
    {
        Line = line,
        Texts = { new ScopedText { Scope = Scope.Chosen, Text = chosen }, new ScopedText { Scope = Scope.Rejected, Text = rejected } },
    };

    private static AuditRequest Rows(params AuditRow[] rows) => new() { Rows = new AuditRows { Rows = { rows } } };

    private static AuditRequest Start(Action<AuditStart>? configure = null)
    {
        var start = new AuditStart { Files = { new AuditFile { Name = "data.jsonl", Bytes = 10, Sha256 = Hash } } };
        configure?.Invoke(start);
        return new AuditRequest { Start = start };
    }

    private static Task<(byte[] Imprint, List<AuditProgress> Progress)> AuditAsync(TestServer server, AuditRow[] rows, int chunk, int progressEvery) =>
        AuditAsync(server, rows, chunk, start => start.ProgressEvery = progressEvery);

    private static async Task<(byte[] Imprint, List<AuditProgress> Progress)> AuditAsync(
        TestServer server, AuditRow[] rows, int chunk, Action<AuditStart>? configure = null)
    {
        var answers = await SendAsync(server, [Start(configure), .. rows.Chunk(chunk).Select(Rows)]);
        Assert.All(answers.SkipLast(1), static answer => Assert.NotNull(answer.Progress));
        return (answers[^1].Result.Imprint.ToByteArray(), [.. answers.SkipLast(1).Select(static answer => answer.Progress)]);
    }

    private static async Task<List<AuditResponse>> SendAsync(TestServer server, AuditRequest[] messages)
    {
        using var call = server.Classifier.Audit();
        var reading = ReadAllAsync(call.ResponseStream);
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

        return await reading.Time();
    }

    private static async Task<List<AuditResponse>> ReadAllAsync(IAsyncStreamReader<AuditResponse> stream)
    {
        var answers = new List<AuditResponse>();
        while (await stream.MoveNext(TestContext.Current.CancellationToken))
        {
            answers.Add(stream.Current);
        }

        return answers;
    }

    // Everything that may differ between two audits is in the member "run".
    private static string WithoutRun(byte[] imprint)
    {
        var lines = Encoding.UTF8.GetString(imprint).Split('\n').ToList();
        var start = lines.FindIndex(static line => line.Trim() == "\"run\": {");
        Assert.True(start > 0);
        lines.RemoveRange(start, lines.FindIndex(start, static line => line.Trim() is "}," or "}") - start + 1);
        return string.Join('\n', lines);
    }
}
