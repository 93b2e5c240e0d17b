using ValueImprint.Client.FakeServer;
using ValueImprint.Client;
using System.Globalization;
using System.Text.Json;
using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Tests;

public sealed class CheckpointTests : AuditTestBase
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RunAsync_StoppedAnyNumberOfTimes_GivesTheSameImprintAndResults(int seed)
    {
        var random = new Random(seed);
        DatasetSource[] sources = [Pairs("a.jsonl", 60), Pairs("b.jsonl", 40)];
        var options = new AuditOptions
        {
            MaxBadRowShare = 1,
            SkipDuplicates = random.Next(2) == 0,
            SkipNearDuplicates = random.Next(2) == 0,
            Shard = random.Next(2) == 0 ? new Shard(1, 2) : null,
        };
        var (whole, wholeRows) = await RunAsync(sources, options, "whole.rows", checkpoint: null);

        var stops = 0;
        (Imprint Imprint, string Rows)? end = null;
        while (end is null)
        {
            try
            {
                end = await RunAsync(sources, options, "rows", "x.checkpoint", stopAfter: stops < 5 ? random.Next(1, 12) : int.MaxValue);
            }
            catch (StoppedException)
            {
                stops++;
            }
        }

        Assert.True(stops > 0, "The audit was never stopped.");
        Assert.Equal(ImprintWriter.ToBytes(whole.WithRun(ImprintRun.None)), ImprintWriter.ToBytes(end.Value.Imprint.WithRun(ImprintRun.None)));
        Assert.Equal(wholeRows, end.Value.Rows);
    }

    [Fact]
    public async Task RunAsync_Resumed_ClassifiesOnlyTheRest()
    {
        var source = Pairs("a.jsonl", 30);
        await Assert.ThrowsAsync<StoppedException>(() => RunAsync([source], new AuditOptions(), "rows", "x.checkpoint", stopAfter: 40));
        var before = Host.Plan.TextsReceived;
        var resumedAt = 0L;

        await RunAsync([source], new AuditOptions(), "rows", "x.checkpoint", onResume: done => resumedAt = done);

        Assert.Equal(19, resumedAt); // 40 texts are 20 rows; the last one was not kept yet.
        Assert.Equal(2 * (30 - resumedAt), Host.Plan.TextsReceived - before);
    }

    [Theory]
    [InlineData("content", "a.jsonl had other content then")]
    [InlineData("files", "there were 1 files then and there are 2 now")]
    [InlineData("model", "content hash aaaaaaaaaaaa and bbbbbbbbbbbb")]
    [InlineData("threshold", "abstention threshold 0 and 0.25")]
    [InlineData("duplicates", "what is done with duplicates was 'counted' then and is 'left out if Exact' now")]
    [InlineData("shard", "the shard was 'all rows' then and is '1/2' now")]
    [InlineData("layout", "the layout was 'as found' then and is 'hh-rlhf' now")]
    [InlineData("text", "what is written of each text was 'result' then and is 'result and text' now")]
    public async Task RunAsync_CheckpointOfAnotherAudit_IsRefusedWithTheDifference(string change, string expected)
    {
        var options = new AuditOptions();
        IReadOnlyList<DatasetSource> sources = [Pairs("a.jsonl", 30)];
        await Assert.ThrowsAsync<StoppedException>(() => RunAsync(sources, options, "rows", "x.checkpoint", stopAfter: 20));

        (sources, options) = change switch
        {
            "content" => ([Pairs("a.jsonl", 31)], options),
            "files" => ([.. sources, Pairs("b.jsonl", 3)], options),
            "threshold" => (sources, options with { Stream = new ClassifyStreamOptions { AbstainBelow = 0.25f } }),
            "duplicates" => (sources, options with { SkipDuplicates = true }),
            "shard" => (sources, options with { Shard = new Shard(1, 2) }),
            "layout" => (sources, options with { Reading = new DatasetReaderOptions { Layout = DatasetLayout.Known.Single(static layout => layout.Name == "hh-rlhf") } }),
            "text" => (sources, options with { IncludeText = true }),
            _ => (sources, options),
        };
        Host.Plan.ModelHash = change == "model" ? new string('b', 64) : Host.Plan.ModelHash;
        var fault = await Assert.ThrowsAsync<AuditException>(() => RunAsync(sources, options, "rows", "x.checkpoint"));

        Assert.Equal(DiagnosticCatalogue.InvalidCommandLine, fault.Diagnostic.Code);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("delete this one", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OptionsThatChangeNothing_AreNoReasonToRefuse()
    {
        var source = Pairs("a.jsonl", 30);
        await Assert.ThrowsAsync<StoppedException>(() => RunAsync([source], new AuditOptions(), "rows", "x.checkpoint", stopAfter: 20));

        var (imprint, _) = await RunAsync(
            [source], new AuditOptions { MaxBadRowShare = 1, Stream = new ClassifyStreamOptions { WindowTexts = 9, BatchTexts = 2 } }, "rows", "x.checkpoint");

        Assert.Equal(30, imprint.Rows.Read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"checkpoint\":9}")]
    public async Task RunAsync_NoCheckpoint_IsRefused(string content)
    {
        Folder.Write("x.checkpoint", content);

        var fault = await Assert.ThrowsAsync<AuditException>(() => RunAsync([Pairs("a.jsonl", 3)], new AuditOptions(), "rows", "x.checkpoint"));

        Assert.Contains("Can't go on from here", fault.Message, StringComparison.Ordinal);
        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(Folder.File("x.checkpoint"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_ResultsOfAnotherRun_AreRefused()
    {
        var source = Pairs("a.jsonl", 30);
        await Assert.ThrowsAsync<StoppedException>(() => RunAsync([source], new AuditOptions(), "rows", "x.checkpoint", stopAfter: 20));
        Folder.Write("rows", new string('x', 100_000));

        var fault = await Assert.ThrowsAsync<AuditException>(() => RunAsync([source], new AuditOptions(), "rows", "x.checkpoint"));

        Assert.Contains("missing or differ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_StandardInput_CanNotBeResumed()
    {
        var fault = await Assert.ThrowsAsync<AuditException>(() => RunAsync([DatasetSource.StandardInput()], new AuditOptions(), "rows", "x.checkpoint"));

        Assert.Contains("can't be read twice", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_CheckpointInAMissingFolder_IsRefusedBeforeAnyWork()
    {
        var fault = await Assert.ThrowsAsync<AuditException>(() => RunAsync([Pairs("a.jsonl", 3)], new AuditOptions(), "rows", "missing/x.checkpoint"));

        Assert.Equal(DiagnosticCatalogue.InvalidCommandLine, fault.Diagnostic.Code);
        Assert.Equal(0, Host.Plan.TextsReceived);
    }

    [Fact]
    public async Task RunAsync_Resumed_RateIsThatOfThisRunAlone()
    {
        var source = Pairs("a.jsonl", 30);
        await Assert.ThrowsAsync<StoppedException>(() => RunAsync([source], new AuditOptions(), "rows", "x.checkpoint", stopAfter: 40));
        var (resumedAt, last) = (0L, default(AuditProgress));

        await RunAsync([source], new AuditOptions { OnProgress = now => last = now }, "rows", "x.checkpoint", onResume: done => resumedAt = done);

        Assert.True(resumedAt > 0, "The audit began anew.");
        Assert.Equal((60, 2 * resumedAt), (last.Texts, last.TextsBefore));
        Assert.Equal((60 - (2 * resumedAt)) / last.Elapsed.TotalSeconds, last.TextsPerSecond);
    }

    private async Task<(Imprint Imprint, string Rows)> RunAsync(
        IReadOnlyList<DatasetSource> sources, AuditOptions options, string rows, string? checkpoint, int stopAfter = int.MaxValue, Action<long>? onResume = null)
    {
        using var client = new ClassifierClient(Clients.Options(Host));
        await using var stream = new FileStream(Folder.File(rows), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        await using var results = new RowResultFile(stream);
        var written = 0;
        options = options with
        {
            OnResult = async (result, ct) =>
            {
                await results.WriteAsync(result, ct);
                if (++written == stopAfter)
                {
                    throw new StoppedException();
                }
            },
            Checkpoint = checkpoint is null ? null : new CheckpointOptions
            {
                // After every row.
                Path = Folder.File(checkpoint), Interval = TimeSpan.FromTicks(1), Results = results, OnResume = onResume,
            },
        };
        var imprint = (await new AuditRunner(client).RunAsync(sources, options, TestContext.Current.CancellationToken).Soon()).Imprint;
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        stream.Position = 0;
        return (imprint, await new StreamReader(stream, leaveOpen: true).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    // With duplicates and rows that can't be read.
    private DatasetSource Pairs(string name, int count) => DatasetSource.FromFile(Folder.Write(name, string.Concat(Enumerable.Range(0, count).Select(static i =>
        i % 11 == 10 && i > 30 ? "{\n" : JsonSerializer.Serialize(new
        {
            chosen = string.Create(CultureInfo.InvariantCulture, $"chosen {i % 35}"),
            rejected = string.Create(CultureInfo.InvariantCulture, $"rejected {i % 35}"),
        }) + "\n"))));

    /// <summary>Stands for a process that ends in the middle of its work.</summary>
    private sealed class StoppedException : Exception;
}
