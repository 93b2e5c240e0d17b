using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

/// <summary>The HTML report as the verbs write it.</summary>
public sealed class HtmlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Report_Html_IsThePageOnStandardOutput()
    {
        var run = await ToolRun.OfAsync("report", Sample(), "--format", "html");

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("<!doctype html>\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Written by valueimprint {ToolVersion.Short}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_SeveralImprints_ShowsTheirDrift()
    {
        var run = await ToolRun.OfAsync("report", _folder.Write("v1.imprint.json", SampleImprint.Pairs()), Sample(), "--html", _folder["page.html"]);

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.StartsWith("  chosen", run.Output.TrimStart('\n'), StringComparison.Ordinal);
        Assert.Contains("Compared with <b>v1</b>", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_SeveralImprintsAsTable_Exits2()
    {
        var run = await ToolRun.OfAsync("report", Sample(), Sample());

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains("--html FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_PolicyFails_WritesThePageAndExits1()
    {
        var policy = _folder.Write("policy.yml", "policy: 1\ncoverage:\n  - value: well-being\n    scope: chosen\n    minimum: 90%\n");

        var run = await ToolRun.OfAsync("gate", Sample(), "--policy", policy, "--html", _folder["page.html"]);

        Assert.Equal(ExitCode.PolicyFailed, run.ExitCode);
        Assert.Contains("✕ Failed", Page(), StringComparison.Ordinal);
        Assert.Contains("VI1001", Page(), StringComparison.Ordinal);
        Assert.Contains("Report: page.html", _folder.Scrub(run.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_PageInNoFolder_Exits2AndNamesIt()
    {
        var policy = _folder.Write("policy.yml", "policy: 1\ncoverage:\n  - value: well-being\n    scope: chosen\n    minimum: 1%\n");

        var run = await ToolRun.OfAsync("gate", Sample(), "--policy", policy, "--html", _folder["none/page.html"]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("none/page.html: error VI", _folder.Scrub(run.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("card", "---\ntags:\n- value-imprint\n")]
    [InlineData("croissant", "{\n  \"@context\": {\n")]
    public async Task Report_MetadataFormat_IsWrittenToStandardOutput(string format, string start)
    {
        var run = await ToolRun.OfAsync("report", Sample(), "--format", format);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(start, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Verb_PrintsIt()
    {
        var run = await ToolRun.OfAsync("schema");

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.Equal("urn:valueimprint:imprint:2", System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("$id").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private string Sample() => _folder.Write("sample.imprint.json", SampleImprint.Pairs());

    private string Page() => File.ReadAllText(_folder["page.html"]);
}
