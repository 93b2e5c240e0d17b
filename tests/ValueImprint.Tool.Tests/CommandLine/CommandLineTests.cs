using System.Text;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.CommandLine;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("gat", "'gat' is no verb of valueimprint. Did you mean 'gate'?")]
    [InlineData("gate x --polcy p", "'--polcy' is no option of valueimprint gate. Did you mean '--policy'?")]
    [InlineData("gate x --polcy=p", "'--polcy' is no option of valueimprint gate. Did you mean '--policy'?")]
    [InlineData("gate x y", "'y' is no argument of valueimprint gate.")]
    [InlineData("gate x --format tabel", "--format is 'tabel'; expected one of table")]
    [InlineData("gate x --format tabel", "Did you mean 'table'?")]
    [InlineData("gate x --policy", "--policy")]
    [InlineData("gate", "IMPRINT")]
    [InlineData("-q serve --queue-lenght 5", "'--queue-lenght' is no option of valueimprint serve. Did you mean '--queue-length'?")]
    [InlineData("completion tcsh", "'tcsh' is no shell")]
    public async Task Run_WrongCommandLine_SaysWhatToTypeAndExits2(string line, string message)
    {
        var run = await ToolRun.OfAsync(line.Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("valueimprint: error VI0020: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate - --policy -")]
    [InlineData("report - - --html {folder}")]
    [InlineData("merge - -")]
    public async Task Run_StandardInputForTwoThings_Exits2(string line)
    {
        var setup = new ToolSetup { Input = Encoding.UTF8.GetString(ImprintWriter.ToBytes(SampleImprint.Pairs())) };
        if (line.StartsWith("gate", StringComparison.Ordinal))
        {
            setup = setup with { Input = "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 1%\n" };
        }

        var run = await setup.RunAsync(line.Replace("{folder}", _folder["x.html"], StringComparison.Ordinal).Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("Standard input can be read once", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate {imprint} --policy p.yml --html {imprint}")]
    [InlineData("report {imprint} --html {imprint}")]
    [InlineData("recount {imprint} --output {imprint}")]
    public async Task Run_ResultOverItsInput_Exits2AndTheInputStays(string line)
    {
        var imprint = _folder.Write("a.imprint.json", SampleImprint.Pairs());
        var before = File.ReadAllBytes(imprint);
        line = line.Replace("p.yml", _folder.Write("p.yml", "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 1%\n"), StringComparison.Ordinal);

        var run = await ToolRun.OfAsync(line.Replace("{imprint}", imprint, StringComparison.Ordinal).Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("names a file that is read too", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(imprint));
    }

    [Fact]
    public async Task Run_NoArguments_PrintsHelpToStandardErrorAndExits2()
    {
        var run = await ToolRun.OfAsync();

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongValueInTheEnvironment_NamesTheVariable()
    {
        var setup = new ToolSetup { Environment = new Dictionary<string, string> { ["VALUEIMPRINT_BATCH"] = "many" } };

        var run = await setup.RunAsync("audit", "x.jsonl");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("VALUEIMPRINT_BATCH is 'many'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ResponseFile_StandsForItsArguments()
    {
        var response = _folder.Write("args.rsp", "# a comment\n--policy \"p with blank.yml\"\n");

        var run = await ToolRun.OfAsync("gate", _folder["no.imprint.json"], "@" + response);

        Assert.Contains("p with blank.yml: error VI0020", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MissingResponseFile_Exits2()
    {
        var run = await ToolRun.OfAsync("gate", "@nowhere.rsp");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("The response file 'nowhere.rsp' does not exist.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Version_PrintsItAlone()
    {
        var run = await ToolRun.OfAsync("--version");

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", run.Output);
    }

    [Theory]
    [InlineData("valueimprint ga", "gate")]
    [InlineData("valueimprint gate x --pol", "--policy")]
    [InlineData("valueimprint gate x --format ta", "table")]
    [InlineData("valueimprint completion z", "zsh")]
    public async Task Suggest_PartOfAWord_OffersTheWhole(string line, string offer)
    {
        var run = await ToolRun.OfAsync($"[suggest:{line.Length}]", line);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains(offer, run.Output.Split('\n', '\r'));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_KnownShell_PrintsItsScript(string shell)
    {
        var run = await ToolRun.OfAsync("completion", shell);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
