namespace ValueImprint.EndToEnd.Tests;

/// <summary>The HTML report of real audits, in a real browser.</summary>
public sealed class ReportPageTests
{
    private const string Folder = "tests/ValueImprint.EndToEnd.Tests/polyglot/reports";
    private const string Sample = "tools/sample/data/preferences.jsonl";

    [Fact]
    public async Task Pages_InChromium_PassTheirTests()
    {
        Requirement.Needs(
            Directory.Exists(RepositoryRoot.File($"{Folder}/node_modules")), "The browser's driver is not installed; run tools/install-test-clients.sh.");
        Requirement.Needs(HasBrowser(), "Chromium is not installed; install the package 'chromium', or name a browser in CHROMIUM.");
        await using var tool = new ToolEnvironment();
        var pages = Directory.CreateDirectory(tool.File("pages")).FullName;
        await WritePagesAsync(tool, pages);

        var run = await CommandRun.Of("node", ["--test", "report.test.mjs"], new Dictionary<string, string> { ["VALUEIMPRINT_TEST_PAGES"] = pages }, RepositoryRoot.File(Folder));

        run.Exits(0);
        Assert.Contains($"# pass {3 * 7 + 1}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SchemaAndCroissant_WithTheStandardsTools_PassTheirTests()
    {
        Requirement.Needs(
            Directory.Exists(RepositoryRoot.File($"{Folder}/node_modules")), "The standards' tools are not installed; run tools/install-test-clients.sh.");

        var run = await CommandRun.Of("node", ["--test", "formats.test.mjs"], folder: RepositoryRoot.File(Folder));

        run.Exits(0);
        Assert.Contains("# pass 10", run.Output, StringComparison.Ordinal);
    }

    private static async Task WritePagesAsync(ToolEnvironment tool, string pages)
    {
        var imprint = tool.File("sample.imprint.json");
        (await tool.RunAsync(
            "check", RepositoryRoot.File(Sample), "--policy", RepositoryRoot.File("tools/sample/policy.yml"), "--output", imprint, "--html", Page("passed"), "--include-text")).Exits(0);

        var strict = tool.File("strict.yml");
        File.WriteAllText(strict, "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 90%\n  - value: duty\n    scope: chosen\n    minimum: 90%\n    level: warning\n  - value: duty\n    scope: text\n    minimum: 1%\n");
        (await tool.RunAsync("report", imprint, imprint, imprint, "--policy", strict, "--html", Page("failed"))).Exits(1);

        // Rejected rows, and names that never break and look like markup.
        var (rejected, named) = (tool.File($"<b>{new string('x', 240)}.jsonl"), tool.File("named.imprint.json"));
        File.WriteAllText(rejected, File.ReadAllText(RepositoryRoot.File(Sample)) + "{\"chosen\": 1}\n{\"prompt\": \"\"}\n");
        (await tool.RunAsync("audit", rejected, "--max-bad-rows", "10%", "--output", named)).Exits(0);
        File.WriteAllText(named, File.ReadAllText(named)
            .Replace("\"name\": \"value-imprint-base\"", $"\"name\": \"<script>{new string('y', 300)}\"", StringComparison.Ordinal));
        (await tool.RunAsync("report", named, "--html", Page("names"))).Exits(0);

        string Page(string name) => Path.Combine(pages, name + ".html");
    }

    private static bool HasBrowser() => Environment.GetEnvironmentVariable("CHROMIUM") is { } named
        ? File.Exists(named)
        : ((string[])["chromium", "chromium-browser", "google-chrome"]).Any(static name => File.Exists($"/usr/bin/{name}"));
}
