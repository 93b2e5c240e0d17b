using System.Text.Json.Nodes;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

/// <summary>The verbs that need an imprint and nothing else: report, init, merge.</summary>
public sealed class ImprintVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(80, true, "report-80.txt")]
    [InlineData(120, true, "report-120.txt")]
    [InlineData(80, false, "report-ascii-80.txt")]
    public async Task Report_Table_FitsTheTerminal(int width, bool hasUnicode, string snapshot)
    {
        var setup = new ToolSetup { Traits = new TerminalTraits(false, false, hasUnicode, width) };

        var run = await setup.RunAsync("report", Sample());

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.Equal(!hasUnicode, run.Output.All(char.IsAscii));
        Snapshot.Match(run.Output.ReplaceLineEndings("\n"), Repository.Snapshot(snapshot));
    }

    [Fact]
    public async Task Report_Color_ReadsTheSameWithoutItsEscapes()
    {
        var plain = await ToolRun.OfAsync("report", Sample());
        var colored = await new ToolSetup { Traits = new TerminalTraits(true, true, true, TerminalTraits.DefaultWidth) }.RunAsync("report", Sample());

        Assert.NotEqual(plain.Output, colored.Output);
        Assert.Equal(plain.Output, System.Text.RegularExpressions.Regex.Replace(colored.Output, "\e\\[[0-9]+m", ""));
    }

    [Fact]
    public async Task Report_Markdown_IsTheReport()
    {
        var run = await ToolRun.OfAsync("report", Sample(), "--format", "markdown");

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.StartsWith("# Value imprint\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_Json_IsTheImprintItself()
    {
        var run = await ToolRun.OfAsync("report", Sample(), "--format", "json");

        Assert.Equal(File.ReadAllText(_folder["sample.imprint.json"]), run.Output);
    }

    [Fact]
    public async Task Report_SarifWithoutPolicy_Exits2()
    {
        var run = await ToolRun.OfAsync("report", Sample(), "--format", "sarif");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("--policy", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_ItsPolicy_PassesTheImprint()
    {
        var init = await ToolRun.OfAsync("init", Sample());

        var gate = await ToolRun.OfAsync("gate", Sample(), "--policy", _folder.Write("policy.yml", init.Output));

        Assert.Equal((ExitCode.Pass, ExitCode.Pass), (init.ExitCode, gate.ExitCode));
    }

    [Fact]
    public async Task Init_ImprintOfNothing_Exits3()
    {
        var run = await ToolRun.OfAsync("init", _folder.Write("empty.json", SampleImprint.OfNothing()));

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Merge_TwoShards_AddUp()
    {
        var run = await ToolRun.OfAsync("merge", Sample(), Sample(), "--output", _folder["sum.json"]);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Output));
        var sum = JsonNode.Parse(File.ReadAllText(_folder["sum.json"]))!;
        Assert.Equal(2002, (int?)sum["rows"]!["read"]);
        Assert.Equal(2000, (int?)sum["rows"]!["classified"]);
    }

    [Fact]
    public async Task Merge_OtherModel_Exits2AndNamesTheFile()
    {
        var other = File.ReadAllText(Sample()).Replace(new string('a', 64), new string('e', 64), StringComparison.Ordinal);

        var run = await ToolRun.OfAsync("merge", Sample(), _folder.Write("other.json", other));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("other.json: error VI0021:", _folder.Scrub(run.Error), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Sample() => _folder.Write("sample.imprint.json", SampleImprint.Pairs());
}
