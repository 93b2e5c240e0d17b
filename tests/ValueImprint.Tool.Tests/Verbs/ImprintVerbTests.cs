using System.Text.Json.Nodes;
using ValueImprint.Core.Imprints;
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
    public async Task Merge_TheSameTwice_CountsItOnce()
    {
        var run = await ToolRun.OfAsync("merge", Sample(), Sample(), "--output", _folder["sum.json"]);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Output));
        Assert.Equal(File.ReadAllText(Sample()), File.ReadAllText(_folder["sum.json"]));
    }

    [Theory]
    [InlineData("gate", 3)]
    [InlineData("gate --partial", 0)]
    [InlineData("report", 3)]
    [InlineData("report --partial", 0)]
    public async Task Verb_PartOfADataset_IsRefusedUnlessAskedFor(string verb, int exitCode)
    {
        var policy = _folder.Write("policy.yml", "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 0.01%\n");
        var part = JsonNode.Parse(ImprintWriter.ToBytes(SampleImprint.Pairs()))!;
        part["run"]!["units"]![0]!["count"] = 4;

        var run = await ToolRun.OfAsync([.. verb.Split(' '), _folder.Write("part.imprint.json", part.ToJsonString()), "--policy", policy]);

        Assert.Equal(exitCode, (int)run.ExitCode);
        if (exitCode == 0)
        {
            Assert.Contains("in 1 of 4 units", run.Output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("error VI3016: The imprint counts 1 of 4 units; rerun 2/4, 3/4, 4/4", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Report_NamesThatAreCommands_ReachTheTerminalAsText()
    {
        const string name = "\u001b[31ma\r\n::error::b\u202e.jsonl ##[command]";
        var imprint = JsonNode.Parse(ImprintWriter.ToBytes(SampleImprint.Pairs()))!;
        imprint["imprint"] = 1;
        imprint["run"]!.AsObject().Remove("units");
        imprint["model"]!["name"] = name;
        imprint["files"]![0]!["name"] = name;

        foreach (var place in imprint["rows"]!["rejected_places"]!.AsArray())
        {
            place!["file"] = name;
        }

        var file = _folder.Write("x.imprint.json", imprint.ToJsonString());
        var report = await ToolRun.OfAsync("report", file);
        var diff = await ToolRun.OfAsync("diff", file, file);

        foreach (var text in new[] { report.Output, diff.Output })
        {
            Assert.DoesNotContain('\u001b', text);
            Assert.DoesNotContain('\u202e', text);
            Assert.DoesNotContain("##[", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text.Split('\n'), static line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
            Assert.Contains(": :error::b", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gate_PolicyOfManyFaults_SaysTheFirstAndHowMany()
    {
        var policy = _folder.Write("policy.yml", "policy: 1\ncoverage:\n" + string.Concat(Enumerable.Repeat("  - {}\n", 2000)));

        var run = await ToolRun.OfAsync("gate", Sample(), "--policy", policy);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.InRange(run.Error.Split('\n').Length, 2, 25);
        Assert.Contains(" more, which are not listed here.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_Dataset_NamesTheVerbForIt()
    {
        var run = await ToolRun.OfAsync("gate", _folder.Write("x.jsonl", "{\"text\": \"a\"}\n"), "--policy", _folder.Write("policy.yml", "policy: 1\ncoverage:\n  - {value: justice, scope: all, minimum: 1%}\n"));

        Assert.Equal(ExitCode.CouldNotJudge, run.ExitCode);
        Assert.Contains("use `valueimprint check`", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Imprint_NamesTheVerbForIt()
    {
        var run = await ToolRun.OfAsync("check", Sample(), "--policy", "policy.yml");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("Use `valueimprint gate`", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_MissingPolicy_IsAFaultOfThePolicy()
    {
        var run = await ToolRun.OfAsync("gate", Sample(), "--policy", _folder["none.yml"]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("There is no such file; expected a policy", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_Output_IsWhatWouldBePrinted()
    {
        var printed = await ToolRun.OfAsync("init", Sample());
        var written = await ToolRun.OfAsync("init", Sample(), "--output", _folder["new.yml"]);

        Assert.Equal((ExitCode.Pass, ""), (written.ExitCode, written.Output));
        Assert.Equal(printed.Output, File.ReadAllText(_folder["new.yml"]));
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
