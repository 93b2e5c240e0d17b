using System.Text.Json.Nodes;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference.Models;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

/// <summary>The verbs that compare with a baseline: diff and baseline accept.</summary>
public sealed class DiffVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(80, false, "diff-ascii-80.txt")]
    [InlineData(120, true, "diff-120.txt")]
    public async Task Diff_Table_FitsTheTerminal(int width, bool hasUnicode, string snapshot)
    {
        var setup = new ToolSetup { Traits = new TerminalTraits(false, false, hasUnicode, width) };

        var run = await setup.RunAsync("diff", Before(), After());

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.Equal(!hasUnicode, run.Output.All(char.IsAscii));
        Snapshot.Match(run.Output.ReplaceLineEndings("\n"), Repository.Snapshot(snapshot));
    }

    [Fact]
    public async Task Diff_Json_HasChangesThatTheCountsGive()
    {
        var run = await ToolRun.OfAsync("diff", Before(), After(), "--format", "json");

        var chosen = JsonNode.Parse(run.Output)!["scopes"]![0]!;
        var justice = chosen["values"]![2]!;
        var change = (double)justice["count"]! / (double)chosen["total"]! - (double)justice["baseline_count"]! / (double)chosen["baseline_total"]!;
        Assert.Equal("justice", (string?)justice["value"]);
        Assert.Equal(change, (double)justice["change"]!["estimate"]!, 12);
        Assert.InRange((double)justice["change"]!["lower"]!, 0.1, change);
        Assert.InRange((double)chosen["jensen_shannon"]!["estimate"]!, (double)chosen["jensen_shannon"]!["lower"]!, (double)chosen["jensen_shannon"]!["upper"]!);
        Assert.False((bool)chosen["small_sample"]!);
    }

    [Fact]
    public async Task Diff_Markdown_IsTheReport()
    {
        var run = await ToolRun.OfAsync("diff", Before(), After(), "--format", "markdown");

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.StartsWith("# Drift of values\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("| Justice &", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_FewTexts_SaysThatTheSampleIsSmall()
    {
        var run = await ToolRun.OfAsync("diff", Before(), _folder.Write("few.json", SampleImprint.FewPairs()));

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("small sample", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("markdown")]
    public async Task Diff_OtherModel_IsRefusedUntilAllowed(string format)
    {
        var other = OtherModel();

        var refused = await ToolRun.OfAsync("diff", Before(), other, "--format", format);
        var allowed = await ToolRun.OfAsync("diff", Before(), other, "--format", format, "--allow-other-model");

        Assert.Equal((ExitCode.Usage, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("other.json: error VI0021: The imprints come from different models", _folder.Scrub(refused.Error), StringComparison.Ordinal);
        Assert.Contains("--allow-other-model", refused.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Pass, ""), (allowed.ExitCode, allowed.Error));
        Assert.Contains("different models", allowed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OtherValues_IsRefusedEvenWhenAllowed()
    {
        var run = await ToolRun.OfAsync("diff", Before(), OtherTaxonomy(), "--allow-other-model");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("different taxonomies", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--allow-other-model", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_ImprintOfNothing_Exits3()
    {
        var run = await ToolRun.OfAsync("diff", Before(), _folder.Write("empty.json", SampleImprint.OfNothing()));

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("empty.json: error VI3001:", _folder.Scrub(run.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_BothFromStandardInput_Exits2()
    {
        var run = await ToolRun.OfAsync("diff", "-", "-");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Accept_NoBaselineYet_CreatesIt()
    {
        var run = await ToolRun.OfAsync("baseline", "accept", Before(), "--baseline", _folder["baseline.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("created, 2,000 texts", run.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Before()), File.ReadAllText(_folder["baseline.json"]));
    }

    [Fact]
    public async Task Accept_OtherCounts_ShowsTheDiffAndReplaces()
    {
        var baseline = _folder.Write("baseline.json", SampleImprint.Pairs());

        var run = await ToolRun.OfAsync("baseline", "accept", After(), "--baseline", baseline);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("Jensen-Shannon divergence", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(After()), File.ReadAllText(baseline));
        Assert.Equal(["after.json", "baseline.json"], _folder.Files);
    }

    [Fact]
    public async Task Accept_SameCountsOfAnotherRun_LeavesTheFile()
    {
        var baseline = _folder.Write("baseline.json", SampleImprint.Pairs());
        var before = File.ReadAllText(baseline);
        var again = _folder.Write("again.json", SampleImprint.Pairs().WithRun(SampleImprint.Run with { Tool = "another 2.0" }));

        var run = await ToolRun.OfAsync("baseline", "accept", again, "--baseline", baseline);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("stays as it is", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(baseline));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accept_OtherModelOrTaxonomy_IsRefusedUntilAllowed(bool isTaxonomy)
    {
        var baseline = _folder.Write("baseline.json", SampleImprint.Pairs());
        var before = File.ReadAllText(baseline);
        var other = isTaxonomy ? OtherTaxonomy() : OtherModel();

        var refused = await ToolRun.OfAsync("baseline", "accept", other, "--baseline", baseline);
        var afterRefusal = File.ReadAllText(baseline);
        var allowed = await ToolRun.OfAsync("baseline", "accept", other, "--baseline", baseline, "--allow-other-model");

        Assert.Equal((ExitCode.Usage, ""), (refused.ExitCode, refused.Output));
        Assert.Equal(before, afterRefusal);
        Assert.Equal(ExitCode.Pass, allowed.ExitCode);
        Assert.Equal(File.ReadAllText(other), File.ReadAllText(baseline));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Accept_BaselineThatIsNoImprint_IsNotOverwritten(string content)
    {
        var baseline = _folder.Write("baseline.json", content);

        var run = await ToolRun.OfAsync("baseline", "accept", Before(), "--baseline", baseline);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Equal(content, File.ReadAllText(baseline));
    }

    [Fact]
    public async Task Accept_NoBaselineNamed_Exits2()
    {
        var run = await ToolRun.OfAsync("baseline", "accept", Before());

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("VALUEIMPRINT_BASELINE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_ThenGate_JudgesDriftFromIt()
    {
        var environment = new Dictionary<string, string> { ["VALUEIMPRINT_BASELINE"] = _folder["baseline.json"] };
        var setup = new ToolSetup { Environment = environment };
        var policy = _folder.Write("policy.yml", "policy: 1\ndrift:\n  - value: empathy\n    scope: chosen\n    max_drop: 1%\n");

        await setup.RunAsync("baseline", "accept", Before());
        var fails = await setup.RunAsync("gate", After(), "--policy", policy);
        await setup.RunAsync("baseline", "accept", After());
        var passes = await setup.RunAsync("gate", After(), "--policy", policy);

        Assert.Equal((ExitCode.PolicyFailed, ExitCode.Pass), (fails.ExitCode, passes.ExitCode));
    }

    public void Dispose() => _folder.Dispose();

    private string Before() => _folder.Write("before.json", SampleImprint.Pairs());

    private string After() => _folder.Write("after.json", SampleImprint.DriftedPairs());

    private string OtherModel() =>
        _folder.Write("other.json", File.ReadAllText(Before()).Replace(new string('a', 64), new string('e', 64), StringComparison.Ordinal));

    private string OtherTaxonomy()
    {
        var taxonomy = new TaxonomyIdentity("virtues", "1.0", new string('9', 64), [new ValueName("courage", "Courage")]);
        var builder = new ImprintBuilder(SampleImprint.Model with { ContentHash = new string('f', 64) }, taxonomy);
        builder.AddRow(builder.AddFile("virtues.jsonl", 1, new string('c', 64)), [new TextVerdict(TextScope.Text, new[] { 0 }, new[] { 1f }, Stance.Neutral)]);
        return _folder.Write("virtues.json", builder.Build(SampleImprint.Run));
    }
}
