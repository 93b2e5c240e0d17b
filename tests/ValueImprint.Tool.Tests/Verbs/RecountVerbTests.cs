using System.Text.Json.Nodes;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

public sealed class RecountVerbTests(LocalServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.parquet")]
    public async Task Recount_UnchangedThreshold_GivesTheAuditsCounts(string rows)
    {
        await AuditAsync(Repository.SampleData, rows);

        var run = await ToolRun.OfAsync("recount", _folder[rows], "--output", _folder["again.imprint.json"], "--format", "json");

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error.Replace($"Imprint: {_folder["again.imprint.json"]}\n", "", StringComparison.Ordinal)));
        Assert.Equal(WithoutRun("a.imprint.json"), WithoutRun("again.imprint.json"));
        Assert.Equal(File.ReadAllText(_folder["again.imprint.json"]), run.Output);
    }

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.parquet")]
    public async Task Recount_HigherThreshold_CountsFewerTextsAndGoesToTheGate(string rows)
    {
        await AuditAsync(Repository.SampleData, rows);
        var policy = _folder.Write("policy.yml", "policy: 1\ncoverage:\n  - value: wisdom\n    scope: chosen\n    minimum: 1%\n");

        var run = await ToolRun.OfAsync("recount", _folder[rows], "--abstain-below", "0.6", "--output", _folder["strict.imprint.json"]);
        var gate = await ToolRun.OfAsync("gate", _folder["strict.imprint.json"], "--policy", policy);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Equal(0.6, (double)Imprint("strict.imprint.json")["model"]!["abstain_below"]!);
        Assert.True(Abstained("strict.imprint.json") > Abstained("a.imprint.json"), "No text was below the threshold.");
        Assert.Equal(Below(0.6), Abstained("strict.imprint.json"));
        Assert.Equal(ExitCode.Pass, gate.ExitCode);
    }

    [Fact]
    public async Task Recount_SeveralRowsOnALineAndSeveralTextsOfAScope_AreToldApart()
    {
        const string row = """{"question": "What is rain?", "answer_0": "Water from clouds.", "answer_1": "Go away.", "score_0": 0.0, "score_1": SCORE}""";
        var data = _folder.Write("comparisons.json", $"[{string.Join(',', new[] { "0.0", "0.5", "0.0", "-1" }.Select(score => row.Replace("SCORE", score, StringComparison.Ordinal)))}]");
        await AuditAsync(data, "rows.jsonl");

        var run = await ToolRun.OfAsync("recount", _folder["rows.jsonl"], "--output", _folder["again.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Equal(WithoutRun("a.imprint.json"), WithoutRun("again.imprint.json"));
        Assert.Equal(4, (int)Imprint("again.imprint.json")["rows"]!["classified"]!);
    }

    [Fact]
    public async Task Recount_RowTakenOut_Exits3()
    {
        await AuditAsync(Repository.SampleData, "rows.jsonl");
        File.WriteAllLines(_folder["rows.jsonl"], File.ReadAllLines(_folder["rows.jsonl"])[1..]);

        var run = await ToolRun.OfAsync("recount", _folder["rows.jsonl"], "--output", _folder["again.imprint.json"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("A row is missing, added or changed", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["again.imprint.json"]));
    }

    [Theory]
    [InlineData("", "it may have been cut off")]
    [InlineData("{\"scope\":\"chosen\"}\n", "it may have been cut off")]
    [InlineData("{\"imprint\":{}}\n", "Not a valid imprint")]
    public async Task Recount_NoRows_Exits3(string content, string message)
    {
        var run = await ToolRun.OfAsync("recount", _folder.Write("rows.jsonl", content));

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recount_LineThatIsNoResult_Exits3WithItsNumber()
    {
        await AuditAsync(Repository.SampleData, "rows.jsonl");
        File.WriteAllLines(_folder["rows.jsonl"], File.ReadAllLines(_folder["rows.jsonl"]).Select(static (line, index) => index == 2 ? "{}" : line));

        var run = await ToolRun.OfAsync("recount", _folder["rows.jsonl"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("result 3 is not one of an audit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recount_MissingFile_Exits3()
    {
        Assert.Equal(ExitCode.CouldNotJudge, (await ToolRun.OfAsync("recount", _folder["nowhere.jsonl"])).ExitCode);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("0,4")]
    [InlineData("-1")]
    public async Task Recount_ImpossibleThreshold_Exits2(string threshold)
    {
        var run = await ToolRun.OfAsync("recount", _folder["rows.jsonl"], "--abstain-below", threshold);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("expected a number from 0 to 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ParquetRows_LeavesNothingElse()
    {
        await AuditAsync(Repository.SampleData, "rows.parquet");

        Assert.Equal(["a.imprint.json", "rows.parquet"], _folder.Files);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AuditAsync(string data, string rows)
    {
        var run = await server.Setup.RunAsync("audit", data, "--rows", _folder[rows], "--output", _folder["a.imprint.json"]);
        Assert.True(run.ExitCode == ExitCode.Pass, run.Error);
    }

    // By the rows' own scores.
    private int Below(double threshold)
    {
        var path = Directory.GetFiles(Path.GetDirectoryName(_folder["x"])!, "rows.*").Single(); // A file's path has a folder.
        var rows = RecordedRows.Open(path).ReadRows().SelectMany(static row => row);
        return rows.Count(text => text.Scores.ToArray().Max() < threshold);
    }

    private int Abstained(string name) => Imprint(name)["scopes"]!.AsArray().Sum(static scope => (int)scope!["abstained"]!);

    private JsonObject Imprint(string name) => JsonNode.Parse(File.ReadAllText(_folder[name]))!.AsObject();

    private string WithoutRun(string name)
    {
        var imprint = Imprint(name);
        Assert.True(imprint.Remove("run"));
        return imprint.ToJsonString();
    }
}
