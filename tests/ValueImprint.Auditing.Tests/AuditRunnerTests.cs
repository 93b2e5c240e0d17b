using ValueImprint.Client;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ValueImprint.Auditing.Recording;
using ValueImprint.Client.FakeServer;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Tests;

public sealed class AuditRunnerTests : AuditTestBase
{
    [Fact]
    public async Task RunAsync_AnyBatchesAndServers_GivesTheSameImprint()
    {
        DatasetSource[] sources = [Pairs("a.jsonl", 0, 300), Pairs("b.jsonl", 300, 200)];
        await using var other = await FakeHost.StartAsync().Soon();
        var broken = 0;
        other.Plan.OnText = (_, context) =>
        {
            if (Interlocked.Increment(ref broken) is 40 or 120)
            {
                FaultPlan.Cut(context);
            }
        };

        var imprint = await AuditAsync(sources, new AuditOptions());
        var small = await AuditAsync(sources, new AuditOptions { Stream = new ClassifyStreamOptions { WindowTexts = 7, BatchTexts = 3 } });
        var resumed = await AuditAsync(sources, new AuditOptions(), other);
        var spread = await AuditAsync(sources, new AuditOptions(), Host, other);

        Assert.InRange(other.Plan.Streams, 3, 4); // Two breaks in the third audit, and the fourth may need it or not.
        Assert.Equal(500, imprint.Rows.Classified);
        Assert.Equal(500, imprint[TextScope.Chosen].Texts);
        Assert.Equal(500, imprint[TextScope.Rejected].Texts);
        Assert.Equal(ImprintWriter.ContentHash(imprint), ImprintWriter.ContentHash(small));
        Assert.Equal(ImprintWriter.ContentHash(imprint), ImprintWriter.ContentHash(resumed));
        Assert.Equal(ImprintWriter.ContentHash(imprint), ImprintWriter.ContentHash(spread));
    }

    [Fact]
    public async Task RunAsync_RejectedRows_AccountsForEveryRowAndText()
    {
        // The second row is no JSON, the fourth has a side that the model refuses.
        var source = File("a.jsonl", Pair("one", "two"), "{", Pair("three", "four"), Pair("five", FakeModel.UnclassifiableWord), Pair("six", "seven"));
        var warnings = new List<string>();
        var results = new List<RowResult>();

        var imprint = await AuditAsync([source], new AuditOptions
        {
            MaxBadRowShare = 0.4m,
            OnRejected = warning => warnings.Add(warning.ToString()),
            OnResult = (result, _) =>
            {
                results.Add(result);
                return ValueTask.CompletedTask;
            },
        });

        Assert.Equal((5, 3, 2), (imprint.Rows.Read, imprint.Rows.Classified, imprint.Rows.Rejected));
        Assert.Equal(3, imprint[TextScope.Chosen].Texts);
        Assert.Equal(3, imprint[TextScope.Rejected].Texts);
        Assert.Equal(["invalid-json", "text-too-long"], imprint.Rows.RejectedByReason.Select(static reason => reason.Key));
        Assert.Equal([2L, 4L], imprint.Rows.RejectedPlaces.Select(static place => place.Line));
        Assert.Contains("a.jsonl(2): warning VI3007: invalid-json:", warnings[0], StringComparison.Ordinal);
        Assert.Equal([1, 1, 2, 3, 3, 4, 5, 5], results.Select(static result => (int)result.Line!));
        Assert.All(results, static result => Assert.Null(result.Text));
        Assert.DoesNotContain(FakeModel.UnclassifiableWord, string.Join('\n', warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BadRows_StopsAboveTheShareAndNotAtIt()
    {
        var source = File("a.jsonl", [.. Enumerable.Range(0, 9).Select(static i => Pair($"x{i}", $"y{i}")), "no json"]);

        var atIt = await AuditAsync([source], new AuditOptions { MaxBadRowShare = 0.1m });
        var fault = await Assert.ThrowsAsync<AuditException>(() => AuditAsync([source], new AuditOptions { MaxBadRowShare = 0.0999m }));

        Assert.Equal(1, atIt.Rows.Rejected);
        Assert.Equal(DiagnosticCatalogue.TooManyBadRows, fault.Diagnostic.Code);
        Assert.Contains("1 of 10 rows (10.00 %) were rejected, more than 9.99 %.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a.jsonl(10): invalid-json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoRows_IsNotAPass()
    {
        var fault = await Assert.ThrowsAsync<AuditException>(() => AuditAsync([File("a.jsonl")], new AuditOptions()));

        Assert.Equal(DiagnosticKind.Input, fault.Diagnostic.Code.Kind);
    }

    [Fact]
    public async Task RunAsync_MissingFile_IsUnreadableInput()
    {
        var fault = await Assert.ThrowsAsync<AuditException>(() => AuditAsync([DatasetSource.FromFile(Folder.File("none.jsonl"))], new AuditOptions()));

        Assert.Equal(DiagnosticCatalogue.UnreadableInput, fault.Diagnostic.Code);
        Assert.Contains("none.jsonl", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OverloadedServer_FailsInsteadOfRejectingTheRow()
    {
        var fault = await Assert.ThrowsAsync<AuditException>(
            () => AuditAsync([File("a.jsonl", Pair("one", FakeModel.OverloadWord))], new AuditOptions { MaxBadRowShare = 1 }));

        Assert.Equal(DiagnosticCatalogue.CallRefused, fault.Diagnostic.Code);
        Assert.Contains("a.jsonl(1)", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeModel.OverloadWord, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SkipDuplicates_CountsRepeatedRowsAndLeavesThemOut()
    {
        DatasetSource[] sources =
        [
            File("a.jsonl", Pair("one", "two"), Pair("one", "two"), Pair("two", "one")),
            File("b.jsonl", Pair("one", "two"), Pair("three", "four")),
        ];

        var all = await AuditAsync(sources, new AuditOptions());
        var unique = await AuditAsync(sources, new AuditOptions { SkipDuplicates = true });

        Assert.Equal((5, 0), (all.Rows.Classified, all.Rows.Duplicates));
        Assert.Equal((3, 2, 5), (unique.Rows.Classified, unique.Rows.Duplicates, unique.Rows.Read));
        Assert.Equal([3L, 2L], unique.Files.Select(static file => file.Rows));
    }

    [Fact]
    public async Task RunAsync_SkipNearDuplicates_CountsThemApartFromDuplicates()
    {
        var words = string.Join(' ', Enumerable.Range(0, 200));
        var source = File("a.jsonl", Pair(words, "no"), Pair(words, "no"), Pair(words + " more", "no"), Pair("something else", "yes"), "{");

        var both = await AuditAsync([source], new AuditOptions { MaxBadRowShare = 1, SkipDuplicates = true, SkipNearDuplicates = true });
        var near = await AuditAsync([source], new AuditOptions { MaxBadRowShare = 1, SkipNearDuplicates = true });

        Assert.Equal((2, 1, 1, 1, 5), (both.Rows.Classified, both.Rows.Duplicates, both.Rows.NearDuplicates, both.Rows.Rejected, both.Rows.Read));
        Assert.Equal((2, 0, 2), (near.Rows.Classified, near.Rows.Duplicates, near.Rows.NearDuplicates));
        Assert.True(ImprintReader.TryRead(new MemoryStream(ImprintWriter.ToBytes(both)), "", out var read, out _));
        Assert.Equal(1, read.Rows.NearDuplicates);
    }

    [Fact]
    public async Task RunAsync_MoreDifferentRowsThanTracked_SaysSo()
    {
        var options = new AuditOptions { SkipDuplicates = true, MaxTrackedRows = 2 };

        var fault = await Assert.ThrowsAsync<AuditException>(() => AuditAsync([Pairs("a.jsonl", 0, 3)], options));

        Assert.Contains("at most 2 different rows", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Files_AreInTheImprintAsTheyLieOnDisk()
    {
        var result = await RunAsync([Pairs("a.jsonl", 0, 3), Pairs("a.jsonl", 0, 3, folder: "other")], new AuditOptions { Tool = "test 1" });

        var file = Assert.Single(result.Imprint.Files); // The same name and content: the same file, read twice.
        Assert.Equal("a.jsonl", file.Name);
        Assert.Equal(6, file.Rows);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await System.IO.File.ReadAllBytesAsync(Folder.File("a.jsonl"), TestContext.Current.CancellationToken))), file.Sha256);
        Assert.Equal("test 1", result.Imprint.Run.Tool);
        Assert.Equal(Host.Plan.ModelHash, result.Imprint.Model.ContentHash);
        Assert.Equal(2, result.Files.Count);
    }

    [Fact]
    public async Task RunAsync_AbstainBelow_IsRecordedAsItWasWritten()
    {
        var imprint = await AuditAsync([Pairs("a.jsonl", 0, 3)], new AuditOptions { Stream = new ClassifyStreamOptions { AbstainBelow = 0.3f } });

        Assert.Equal(0.3, imprint.Model.AbstainBelow);
    }

    [Fact]
    public async Task RunAsync_Progress_EndsWithEverything()
    {
        var reports = new List<AuditProgress>();

        await AuditAsync([Pairs("a.jsonl", 0, 300)], new AuditOptions { OnProgress = reports.Add, ProgressInterval = TimeSpan.Zero });

        var last = reports[^1];
        Assert.Equal((300, 600, 0), (last.RowsRead, last.Texts, last.RowsRejected));
        Assert.Equal(last.TotalBytes, last.BytesRead);
        Assert.Equal(reports.Select(static report => report.RowsRead).Order(), reports.Select(static report => report.RowsRead));
        Assert.True(last.TextsPerSecond > 0);
        Assert.Equal(TimeSpan.Zero, last.Remaining);
    }

    [Fact]
    public async Task RunAsync_Cancelled_LeavesNoStream()
    {
        using var cancel = new CancellationTokenSource();
        var options = new AuditOptions
        {
            OnResult = async (result, _) =>
            {
                if (result.Line == 50)
                {
                    await cancel.CancelAsync();
                }
            },
        };
        using var client = new ClassifierClient(Clients.Options(Host));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new AuditRunner(client).RunAsync([Pairs("a.jsonl", 0, 5000)], options, cancel.Token)).Soon();

        while (Host.Plan.OpenStreams > 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task WriteAsync_Results_AreJsonLines()
    {
        using var stream = new MemoryStream();
        await using (var writer = new RowResultWriter(stream))
        {
            await AuditAsync([File("a.jsonl", Pair("größer", "b"), "{")], new AuditOptions { MaxBadRowShare = 1, IncludeText = true, OnResult = writer.WriteAsync });
        }

        var lines = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("chosen", first.GetProperty("scope").GetString());
        Assert.Equal(7, first.GetProperty("scores").EnumerateObject().Count());
        Assert.Equal(first.GetProperty("score").GetDouble(), first.GetProperty("scores").GetProperty(first.GetProperty("value").GetString()!).GetDouble());
        Assert.Contains("\"text\":\"größer\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"truncated\":false", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"line\":2,\"row\":2,\"rejected\":\"invalid-json\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComputeAsync_AnythingTheImprintDependsOn_ChangesTheFingerprint()
    {
        var file = Folder.Write("a.jsonl", "{}");
        Task<string> ComputeAsync(AuditOptions? options = null, string model = "m", string layout = "") =>
            AuditFingerprint.ComputeAsync([file], model, "t", layout, options ?? new AuditOptions(), TestContext.Current.CancellationToken);
        var before = await ComputeAsync();

        Assert.Equal(before, await ComputeAsync(new AuditOptions { Stream = new ClassifyStreamOptions { BatchTexts = 5 } }));
        Assert.NotEqual(before, await ComputeAsync(new AuditOptions { MaxBadRowShare = 0.5m }));
        Assert.NotEqual(before, await ComputeAsync(new AuditOptions { Stream = new ClassifyStreamOptions { AbstainBelow = 0.5f } }));
        Assert.NotEqual(before, await ComputeAsync(model: "n"));
        Assert.NotEqual(before, await ComputeAsync(layout: "text"));
        Folder.Write("a.jsonl", "{ }");
        Assert.NotEqual(before, await ComputeAsync());
    }

    private async Task<AuditResult> RunAsync(IReadOnlyList<DatasetSource> sources, AuditOptions options, params FakeHost[] hosts)
    {
        using var client = new ClassifierClient(Clients.Options(hosts.Length == 0 ? [Host] : hosts));
        return await new AuditRunner(client).RunAsync(sources, options, TestContext.Current.CancellationToken).Soon();
    }

    private async Task<Imprint> AuditAsync(IReadOnlyList<DatasetSource> sources, AuditOptions options, params FakeHost[] hosts) =>
        (await RunAsync(sources, options, hosts)).Imprint;

    private DatasetSource Pairs(string name, int first, int count, string? folder = null) =>
        File(folder is null ? name : Path.Combine(Directory.CreateDirectory(Folder.File(folder)).Name, name), [.. Enumerable.Range(first, count).Select(static i =>
            Pair(string.Create(CultureInfo.InvariantCulture, $"chosen {i}"), string.Create(CultureInfo.InvariantCulture, $"rejected {i}")))]);
}
