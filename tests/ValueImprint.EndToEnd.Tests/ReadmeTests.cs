using System.Text.RegularExpressions;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>Every command and sample of the README is run as it stands there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string _readme = File.ReadAllText(RepositoryRoot.File("README.md"));

    [Fact]
    public async Task Readme_Commands_Succeed()
    {
        await using var tool = new ToolEnvironment();
        var folder = Folder(tool);
        var commands = Blocks("sh").SelectMany(static block => block.Split('\n'))
            .Where(static line => line.StartsWith("tools/valueimprint ", StringComparison.Ordinal)).ToList();
        Assert.True(commands.Count >= 6, $"Only {commands.Count} commands were found.");

        foreach (var command in commands)
        {
            var run = await CommandRun.Of("bash", ["-c", command], tool.Variables, folder);

            Assert.True(run.ExitCode == 0, $"{command}\nended with exit code {run.ExitCode}:\n{run.Output}\n{run.Error}");
        }
    }

    [Fact]
    public async Task Readme_Policy_IsAPolicy()
    {
        await using var tool = new ToolEnvironment();
        var policy = tool.File("readme.yml");
        File.WriteAllText(policy, Assert.Single(Blocks("yaml")));

        var run = await tool.RunAsync("check", RepositoryRoot.File("tools/sample/data/preferences.jsonl"), "--policy", policy, "--output", tool.File("x.imprint.json"));

        // Judged, with whatever verdict: neither a usage error nor "could not judge".
        Assert.True(run.ExitCode is 0 or 1, run.Error);
        Assert.Contains("Justice", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_Links_LeadSomewhere()
    {
        var targets = Link().Matches(_readme).Select(static match => match.Groups[1].Value)
            .Where(static target => !target.StartsWith("http", StringComparison.Ordinal)).ToList();

        Assert.True(targets.Count >= 8, $"Only {targets.Count} links were found.");
        Assert.All(targets, static target => Assert.True(Path.Exists(RepositoryRoot.File(target)), $"{target} is missing."));
    }

    // A folder in which the README's relative paths lead to the repository, and its output files don't.
    private static string Folder(ToolEnvironment tool)
    {
        var folder = tool.File("readme");
        Directory.CreateDirectory(folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "tools"), RepositoryRoot.File("tools"));
        return folder;
    }

    private static IEnumerable<string> Blocks(string language) =>
        Regex.Matches(_readme, $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(static match => match.Groups[1].Value);

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
