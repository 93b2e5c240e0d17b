using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

public sealed class GateVerbTests : IDisposable
{
    private const string Passing = """
        policy: 1
        taxonomy: value-imprint
        groups:
          prosocial: [well-being, justice, empathy, civility]
        coverage:
          - value: empathy
            scope: chosen
            minimum: 20%
            maximum: 40%
          - value: justice
            scope: chosen
            minimum: 5%
            judge: lower
          - group: prosocial
            scope: all
            minimum: 40%
          - value: duty
            stance: upholds
            scope: rejected
            minimum: 1%
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Gate_PolicyHolds_PrintsTheRulesAndExits0()
    {
        var run = await GateAsync(Passing);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Snapshot.Match(run.Output.ReplaceLineEndings("\n"), Repository.Snapshot("gate-pass.txt"));
    }

    [Fact]
    public async Task Gate_MinimumNotReached_NamesTheRuleAndExits1()
    {
        var run = await GateAsync(Passing.Replace("minimum: 5%", "minimum: 12%", StringComparison.Ordinal));

        Assert.Equal(ExitCode.PolicyFailed, run.ExitCode);
        Assert.StartsWith("policy.yml(10,5): error VI1001: 'Justice & Human/Animal Rights'", run.Error, StringComparison.Ordinal);
        Snapshot.Match(run.Output.ReplaceLineEndings("\n"), Repository.Snapshot("gate-fail.txt"));
    }

    [Fact]
    public async Task Gate_OnlyAWarningBroken_Exits0()
    {
        var run = await GateAsync("policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 50%\n    level: warning\n");

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.StartsWith("policy.yml(3,5): warning VI1001:", run.Error, StringComparison.Ordinal);
        Assert.Contains("warn", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minimum: 5%", "minimun: 5%", "policy.yml(12,5): error VI0003:", "'minimum'")]
    [InlineData("value: justice", "value: justise", "policy.yml(10,12): error VI0008:", "'justice'")]
    [InlineData("minimum: 5%", "minimum: NaN", "policy.yml(12,14): error VI0011:", "NaN")]
    [InlineData("minimum: 5%", "minimum: 5,0%", "policy.yml(12,14): error VI0011:", "5,0%")]
    [InlineData("taxonomy: value-imprint", "taxonomy: schwartz", "policy.yml(2,11): error VI0015:", "schwartz")]
    [InlineData("coverage:", "coverage: [", "error VI0001:", "policy.yml(")]
    public async Task Gate_PolicyMakesNoSense_NamesThePlaceAndExits2(string found, string typed, string start, string part)
    {
        var run = await GateAsync(Passing.Replace(found, typed, StringComparison.Ordinal));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains(start, run.Error, StringComparison.Ordinal);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_EmptyPolicy_Exits2()
    {
        var run = await GateAsync("");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("policy.yml", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_NoText_Exits3()
    {
        var run = await GateAsync(Passing, _folder.Write("imprint.json", SampleImprint.OfNothing()));

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("error VI3001:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_ScopeWithoutTexts_Exits3()
    {
        var run = await GateAsync("policy: 1\ncoverage:\n  - value: justice\n    scope: text\n    minimum: 1%\n");

        Assert.Equal(ExitCode.CouldNotJudge, run.ExitCode);
        Assert.Contains("error VI3002:", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"imprint\": 1")]
    public async Task Gate_NoImprint_Exits3(string content)
    {
        var run = await GateAsync(Passing, _folder.Write("imprint.json", content));

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("imprint.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_MissingFile_Exits3()
    {
        var run = await GateAsync(Passing, _folder["nowhere.imprint.json"]);

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("nowhere.imprint.json: error VI3006: There is no such file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_NoPolicyNamed_Exits2()
    {
        var run = await ToolRun.OfAsync("gate", _folder.Write("imprint.json", SampleImprint.Pairs()));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("VALUEIMPRINT_POLICY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_PolicyFromEnvironment_IsUsed()
    {
        var setup = new ToolSetup { Environment = new Dictionary<string, string> { ["VALUEIMPRINT_POLICY"] = _folder.Write("policy.yml", Passing) } };

        var run = await setup.RunAsync("gate", _folder.Write("imprint.json", SampleImprint.Pairs()));

        Assert.Equal(ExitCode.Pass, run.ExitCode);
    }

    [Fact]
    public async Task Gate_NarrowAsciiTerminal_FitsItsWidth()
    {
        var setup = new ToolSetup { Traits = new TerminalTraits(false, false, HasUnicode: false, 80) };
        string[] files = [_folder.Write("imprint.json", SampleImprint.Pairs()), _folder.Write("policy.yml", Passing)];

        var run = await setup.RunAsync("gate", files[0], "--policy", files[1]);

        Assert.All(run.Output.Split('\n'), static line => Assert.True(line.Length <= 80, line));
        Assert.True(run.Output.All(char.IsAscii), run.Output);
        Snapshot.Match(run.Output.ReplaceLineEndings("\n"), Repository.Snapshot("gate-ascii-80.txt"));
    }

    [Fact]
    public async Task Gate_DriftAgainstItself_Passes()
    {
        var imprint = _folder.Write("imprint.json", SampleImprint.Pairs());
        var policy = _folder.Write("policy.yml", "policy: 1\ndrift:\n  - value: justice\n    scope: chosen\n    max_drop: 1%\n");

        var run = await ToolRun.OfAsync("gate", imprint, "--policy", policy, "--baseline", imprint);
        var without = await ToolRun.OfAsync("gate", imprint, "--policy", policy);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.NotEqual(ExitCode.Pass, without.ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ToolRun> GateAsync(string policy, string? imprint = null)
    {
        var run = await ToolRun.OfAsync(
            "gate", imprint ?? _folder.Write("imprint.json", SampleImprint.Pairs()), "--policy", _folder.Write("policy.yml", policy));
        return run with { Error = _folder.Scrub(run.Error) };
    }
}
