using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

public sealed class CheckVerbTests(LocalServerFixture server) : IDisposable
{
    private const string AnyValue = """
        policy: 1
        groups:
          any: [well-being, information-seeking, justice, duty, wisdom, civility, empathy]
        coverage:
          - group: any
            scope: text
            minimum: 50%
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Check_PolicyMadeByInit_Passes()
    {
        await server.Setup.RunAsync("audit", Repository.SampleData, "--output", _folder["sample.imprint.json"]);
        var init = await ToolRun.OfAsync("init", _folder["sample.imprint.json"]);

        var run = await CheckAsync(init.Output, "--output", _folder["again.imprint.json"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("pass", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["again.imprint.json"]));
    }

    [Fact]
    public async Task Check_MoreAskedThanThereIs_Exits1AndSaysSoInOneLine()
    {
        var run = await CheckAsync("policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 90%\n");

        Assert.Equal(ExitCode.PolicyFailed, run.ExitCode);
        var line = Assert.Single(run.Error.Split('\n'), static line => line.Contains("error", StringComparison.Ordinal));
        Assert.Matches(@"policy\.yml\(3,5\): error VI1001: .*of 'chosen' texts \(\d+ of 100; 95 % interval .* below the minimum of 90%", line);
    }

    [Fact]
    public async Task Check_UnknownValue_Exits2BeforeTheFirstRow()
    {
        var run = await CheckAsync("policy: 1\ncoverage:\n  - value: justise\n    scope: chosen\n    minimum: 1%\n");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(_folder["policy.yml"] + "(3,12): error VI0008:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OneRow_FailsOnTheLowerEnd()
    {
        var file = _folder.Write("one.jsonl", """{"text": "What is rain?"}""");
        var policy = _folder.Write("policy.yml", "policy: 1\ncoverage:\n  - group: any\n    scope: text\n    minimum: 50%\n    judge: lower\ngroups:\n  any: [well-being, information-seeking, justice, duty, wisdom, civility, empathy]\n");

        var run = await server.Setup.RunAsync("check", file, "--policy", policy);

        Assert.Equal(ExitCode.PolicyFailed, run.ExitCode);
    }

    [Fact]
    public async Task Check_Sarif_HoldsTheFinding()
    {
        var run = await CheckAsync("policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 90%\n", "--format", "sarif");

        Assert.Equal(ExitCode.PolicyFailed, run.ExitCode);
        Assert.Contains("\"ruleId\": \"VI1001\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table", "Settled by ")]
    [InlineData("markdown", "Settled by ")]
    [InlineData("json", "\"rows_needed\": ")]
    public async Task Check_EarlyAndClear_LooksAtAPartOfTheRowsAndSaysHowMany(string format, string expected)
    {
        var file = _folder.Write("texts.jsonl", string.Concat(Enumerable.Range(0, 2000).Select(static row => $$"""{"text": "What is {{row}}?"}""" + "\n")));
        var policy = _folder.Write("policy.yml", AnyValue);

        var run = await server.Setup.RunAsync("check", file, "--policy", policy, "--early", "--max-bad-rows", "10%", "--format", format);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        var rows = System.Text.RegularExpressions.Regex.Match(run.Output, expected + "([0-9]+)").Groups[1].Value;
        Assert.InRange(int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture), 10, 200);
        Assert.DoesNotContain("interval", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EarlyOnFewRows_IsTheFullAudit()
    {
        string[] arguments = ["--format", "json"];
        const string policy = "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 5%\n";

        var early = await CheckAsync(policy, ["--early", .. arguments]);
        var full = await CheckAsync(policy, arguments);

        Assert.Equal((full.ExitCode, full.Output), (early.ExitCode, early.Output));
        Assert.Contains("All rows were needed", early.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--early --output x.imprint.json", "--output")]
    [InlineData("--early --html x.html", "--html")]
    [InlineData("--early --rows x.jsonl", "--rows")]
    [InlineData("--early --checkpoint x.checkpoint", "--checkpoint")]
    [InlineData("--error-rate 5%", "add --early")]
    [InlineData("--early --error-rate 0%", "expected a share above 0")]
    [InlineData("--early --error-rate 60%", "expected a share above 0")]
    public async Task Check_EarlyWithWhatItCanNotDo_Exits2(string options, string message)
    {
        var run = await CheckAsync(AnyValue, options.Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["policy.yml"], _folder.Files);
    }

    [Fact]
    public async Task Check_EarlyFromStandardInput_Exits2()
    {
        var run = await server.Setup.RunAsync("check", "-", "--policy", _folder.Write("policy.yml", AnyValue), "--early");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Check_EarlyWithARuleOnContrast_Exits2AtItsLine()
    {
        var run = await CheckAsync("policy: 1\ncontrast:\n  - value: justice\n    minimum: 1%\n", "--early");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(_folder["policy.yml"] + "(3,5): error VI0024:", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> CheckAsync(string policy, params string[] args) =>
        server.Setup.RunAsync(["check", Repository.SampleData, "--policy", _folder.Write("policy.yml", policy), .. args]);
}
