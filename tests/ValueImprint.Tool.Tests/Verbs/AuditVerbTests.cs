using System.Text.Json.Nodes;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

public sealed class AuditVerbTests(LocalServerFixture server) : IDisposable
{
    private const string Pair = """{"prompt": "What is rain?", "chosen": "Water from clouds.", "rejected": "Go away."}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Audit_SampleDataset_PrintsBothScopesAndWritesTheImprint()
    {
        var run = await AuditAsync(Repository.SampleData, "--output", _folder["sample.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("chosen 100 texts", run.Output, StringComparison.Ordinal);
        Assert.Contains("rejected 100 texts", run.Output, StringComparison.Ordinal);
        Assert.Contains("100 read: 100 classified", run.Output, StringComparison.Ordinal);
        Assert.Contains("Imprint: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["sample.imprint.json"], _folder.Files);
    }

    [Fact]
    public async Task Audit_OtherBatches_SameImprintApartFromTheRun()
    {
        await AuditAsync(Repository.SampleData, "--batch", "1", "--output", _folder["one.json"]);
        await AuditAsync(Repository.SampleData, "--batch", "64", "--output", _folder["many.json"]);

        Assert.Equal(WithoutRun("one.json"), WithoutRun("many.json"));
    }

    [Fact]
    public async Task Audit_Json_PrintsTheImprintItself()
    {
        var run = await AuditAsync(_folder.Write("a.jsonl", Pair), "--format", "json", "--output", _folder["a.imprint.json"]);

        Assert.Equal(File.ReadAllText(_folder["a.imprint.json"]), run.Output);
    }

    [Fact]
    public async Task Audit_Rows_ListsEveryTextWithoutItsText()
    {
        var run = await AuditAsync(_folder.Write("a.jsonl", Pair + "\n" + Pair), "--rows", _folder["rows.jsonl"], "--output", _folder["a.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        var rows = File.ReadAllLines(_folder["rows.jsonl"]);
        Assert.Equal(["chosen", "rejected", "chosen", "rejected"], rows[..^1].Select(static row => (string?)JsonNode.Parse(row)!["scope"]));
        Assert.Equal(WithoutRun("a.imprint.json"), WithoutRun(JsonNode.Parse(rows[^1])!["imprint"]!.AsObject()));
        Assert.DoesNotContain(rows, static row => row.Contains("clouds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audit_RowsWithText_HoldTheText()
    {
        await AuditAsync(_folder.Write("a.jsonl", Pair), "--rows", _folder["rows.jsonl"], "--include-text", "--output", _folder["a.imprint.json"]);

        Assert.Contains("Water from clouds.", File.ReadAllText(_folder["rows.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_StandardInput_IsReadLikeAFile()
    {
        var run = await (server.Setup with { Input = Pair }).RunAsync("audit", "-", "--output", _folder["a.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("1 read: 1 classified", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_NamedFields_MakeAnyLayoutReadable()
    {
        var file = _folder.Write("chats.csv", "question,answer\nWhat is rain?,Water from clouds.\n");

        var run = await AuditAsync(file, "--field", "response=answer", "--field", "prompt=question", "--output", _folder["a.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("response 1 text", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Shards_MergeToTheImprintOfTheWhole()
    {
        await AuditAsync(Repository.SampleData, "--output", _folder["whole.json"]);
        string[] parts = [.. Enumerable.Range(1, 3).Select(index => _folder[$"{index}.json"])];
        for (var index = 1; index <= 3; index++)
        {
            Assert.Equal(ExitCode.Pass, (await AuditAsync(Repository.SampleData, "--shard", $"{index}/3", "--output", parts[index - 1])).ExitCode);
        }

        var merge = await ToolRun.OfAsync(["merge", .. parts, "--output", _folder["merged.json"]]);
        var overlapping = await ToolRun.OfAsync("merge", parts[0], _folder["whole.json"]);

        Assert.Equal(ExitCode.Pass, merge.ExitCode);
        Assert.Equal(WithoutRun("whole.json"), WithoutRun("merged.json"));
        Assert.Equal(ExitCode.Usage, overlapping.ExitCode);
        Assert.Contains("would be counted twice", overlapping.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Checkpoint_IsGoneAtTheEnd()
    {
        var run = await AuditAsync(
            Repository.SampleData, "--checkpoint", _folder["x.checkpoint"], "--rows", _folder["rows.jsonl"], "--output", _folder["a.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Equal(["a.imprint.json", "rows.jsonl"], _folder.Files);
    }

    [Theory]
    [InlineData("", "VI3001")]
    [InlineData("{\"something\": \"else\"}", "VI3006")]
    [InlineData("not json at all", "VI3006")]
    public async Task Audit_NothingToJudge_Exits3AndWritesNothing(string content, string code)
    {
        var run = await AuditAsync(_folder.Write("a.jsonl", content), "--output", _folder["a.imprint.json"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["a.jsonl"], _folder.Files);
    }

    [Fact]
    public async Task Audit_TooManyBadRows_Exits3AndNamesTheirPlaces()
    {
        var run = await AuditAsync(_folder.Write("a.jsonl", $"{Pair}\n{{\"prompt\": 1}}\n{Pair}\n"), "--output", _folder["a.imprint.json"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("a.jsonl(2): warning VI3007: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("error VI3008: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["a.jsonl"], _folder.Files);
    }

    [Fact]
    public async Task Audit_BadRowsWithinTheLimit_AreCountedAndTheAuditPasses()
    {
        var run = await AuditAsync(_folder.Write("a.jsonl", $"{Pair}\n{{\"prompt\": 1}}\n{Pair}\n"), "--max-bad-rows", "50%", "--output", _folder["a.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("3 read: 2 classified, 1 rejected", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-bad-rows", "2", "VI0020")]
    [InlineData("--max-bad-rows", "0,1%", "VI0020")]
    [InlineData("--batch", "0", "VI0020")]
    [InlineData("--shard", "4/3", "expected I/N")]
    [InlineData("--checkpoint-every", "0", "expected seconds from 0.1 to 3600")]
    [InlineData("--layout", "dpo2", "Did you mean 'dpo'?")]
    [InlineData("--scope", "choosen", "Did you mean 'chosen'?")]
    [InlineData("--field", "nonsense", "PART=PATH")]
    [InlineData("--server", "localhost", "no server address")]
    [InlineData("--device", "gpu", "expected one of auto, cpu, cuda")]
    public async Task Audit_ImpossibleOption_Exits2(string option, string value, string message)
    {
        var run = await AuditAsync(Repository.SampleData, option, value);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_MissingFile_Exits3()
    {
        var run = await AuditAsync(_folder["nowhere.jsonl"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("error VI3006: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_NoSuchModel_Exits3()
    {
        var run = await AuditAsync(Repository.SampleData, "--model", _folder["no-model"], "--output", _folder["a.imprint.json"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("error VI3009: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Audit_OutputInAMissingFolder_Exits2BeforeAnyWork()
    {
        var run = await AuditAsync(Repository.SampleData, "--output", _folder["missing/a.imprint.json"]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("Nothing can be written here", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output")]
    [InlineData("--html")]
    [InlineData("--rows")]
    public async Task Audit_FolderInPlaceOfAFile_Exits2BeforeAnyWork(string option)
    {
        Directory.CreateDirectory(_folder["folder"]);

        string[] output = option == "--output" ? [] : ["--output", _folder["a.imprint.json"]];

        var run = await AuditAsync([Repository.SampleData, .. output, option, _folder["folder"]]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("it is a folder", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("--output")]
    [InlineData("--html")]
    [InlineData("--rows")]
    [InlineData("--checkpoint")]
    public async Task Audit_OutputOverTheDataset_IsRefusedAndTheDatasetStays(string option)
    {
        var data = _folder.Write("a.jsonl", Pair);
        File.CreateSymbolicLink(_folder["link.jsonl"], data);

        var run = await AuditAsync(data, option, _folder["link.jsonl"]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains($"{option} names a file that is read too", run.Error, StringComparison.Ordinal);
        Assert.Equal(Pair, File.ReadAllText(data));
    }

    [Fact]
    public async Task Audit_TwoOutputsOfOneName_IsRefused()
    {
        var run = await AuditAsync(Repository.SampleData, "--output", _folder["a.json"], "--rows", _folder["x/../a.json"]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("--output and --rows name the same file", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Audit_FilesOfAToolThatWasKilled_AreRemovedAndNoOthers()
    {
        var abandoned = _folder.Write($".a.imprint.json.{Guid.NewGuid():N}.tmp", "half an imprint");
        _folder.Write($".b.imprint.json.{Guid.NewGuid():N}.tmp", "another file's");
        _folder.Write(".a.imprint.json.mine.tmp", "somebody's own");
        await using var living = ReplacedFile.Create(_folder["a.imprint.json"]);

        await AuditAsync(_folder.Write("a.jsonl", Pair), "--output", _folder["a.imprint.json"]);

        Assert.False(File.Exists(abandoned));
        Assert.Equal(5, _folder.Files.Count()); // The dataset, its imprint, and what is being written or is not ours.
        Assert.True(File.Exists(living.Stream.Name));
    }

    [Fact]
    public async Task Audit_DeviceWithNamedServer_IsRefused()
    {
        var run = await AuditAsync(Repository.SampleData, "--server", "http://127.0.0.1:1", "--device", "cpu");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("--device is about the local server", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_IntervalWithoutCheckpoint_IsRefused()
    {
        var run = await AuditAsync(Repository.SampleData, "--checkpoint-every", "5", "--output", _folder["a.imprint.json"]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("add --checkpoint FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Variant_RunsThatGraph()
    {
        var run = await AuditAsync(_folder.Write("a.jsonl", Pair), "--model", "small", "--variant", "fp32", "--output", _folder["a.imprint.json"]);

        Assert.True(run.ExitCode == ExitCode.Pass, run.Error);
        Assert.Contains("· fp32 ·", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> AuditAsync(params string[] args) => server.Setup.RunAsync(["audit", .. args]);

    private string WithoutRun(string name) => WithoutRun(JsonNode.Parse(File.ReadAllText(_folder[name]))!.AsObject());

    private static string WithoutRun(JsonObject imprint)
    {
        Assert.True(imprint.Remove("run"));
        return imprint.ToJsonString();
    }
}
