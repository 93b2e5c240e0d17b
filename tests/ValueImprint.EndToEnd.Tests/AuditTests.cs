using System.Text.Json.Nodes;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>The main job on real data: same rows, same imprint, whatever happens on the way.</summary>
public sealed class AuditTests
{
    // Thousands of dialogues, of which the counts matter and not the labels.
    private const string Quick = "small";

    private const string HarmlessBase = "hh-rlhf/harmless-base.test.jsonl.gz";

    [Fact]
    public async Task Audit_OtherBatchesAndTwoClientsAtOnce_GivesTheSameImprint()
    {
        var data = Requirement.RealData(HarmlessBase);
        await using var tool = new ToolEnvironment(Quick);
        string[] imprints = [tool.File("one.imprint.json"), tool.File("two.imprint.json")];

        var runs = await Task.WhenAll(
            tool.RunAsync("audit", data, "--batch", "3", "--output", imprints[0]),
            tool.RunAsync("audit", data, "--batch", "512", "--output", imprints[1]));

        Assert.All(runs, static run => run.Exits(0));
        Assert.Equal(Counted(imprints[0]), Counted(imprints[1]));
    }

    [Fact]
    public async Task Audit_ServerKilledInMidStream_GivesTheSameImprint()
    {
        var data = Requirement.RealData(HarmlessBase);
        await using var tool = new ToolEnvironment(Quick);
        var (undisturbed, disturbed) = (tool.File("undisturbed.imprint.json"), tool.File("disturbed.imprint.json"));
        (await tool.RunAsync("audit", data, "--output", undisturbed)).Exits(0);

        using var audit = CommandRun.Start(ToolEnvironment.Tool, ["audit", data, "--output", disturbed, "--rows", tool.File("rows.jsonl")], tool.Variables);
        var end = CommandRun.EndOf(audit);
        await tool.RowsUnderWayAsync();
        await tool.KillServerAsync();

        var run = (await end).Exits(0);
        Assert.Contains("again", run.Error, StringComparison.Ordinal);
        Assert.Equal(Counted(undisturbed), Counted(disturbed));
    }

    [Fact]
    public async Task Audit_AllOfHhRlhf_AccountsForEveryRow()
    {
        var folder = Path.GetDirectoryName(Requirement.RealData(HarmlessBase))!; // A path of a file has a folder.
        await using var tool = new ToolEnvironment(Quick);
        var imprint = tool.File("hh.imprint.json");

        (await tool.RunAsync(["audit", .. Directory.GetFiles(folder, "*.gz").Order(StringComparer.Ordinal), "--output", imprint])).Exits(0);

        var rows = JsonNode.Parse(File.ReadAllText(imprint))!["rows"]!; // The test fails where there are none.
        Assert.Equal(7599, rows["read"]!.GetValue<long>());
        Assert.Equal(7599, rows["classified"]!.GetValue<long>() + rows["rejected"]!.GetValue<long>() + rows["duplicates"]!.GetValue<long>());
    }

    [Fact]
    public async Task Check_MoreJusticeThanThereIs_ExitsWithOneAndOneLine()
    {
        await using var tool = new ToolEnvironment();
        var policy = tool.File("policy.yml");
        File.WriteAllText(policy, "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 90%\n");

        var run = await tool.RunAsync("check", Sample, "--policy", policy, "--output", tool.File("x.imprint.json"), "--quiet");

        run.Exits(1);
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"policy\.yml\(3,5\): error VI1001: .*Justice.* of 100; 95 % interval .*90%", line);
    }

    [Fact]
    public async Task Check_MisspeltKey_ExitsWithTwoAndItsPlace()
    {
        await using var tool = new ToolEnvironment();
        var policy = tool.File("policy.yml");
        File.WriteAllText(policy, "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimun: 2%\n");

        var run = await tool.RunAsync("check", Sample, "--policy", policy);

        run.Exits(2);
        Assert.Contains("policy.yml(5,5): error VI0003", run.Error, StringComparison.Ordinal);
        Assert.Contains("'minimum'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoRows_ExitsWithThree()
    {
        await using var tool = new ToolEnvironment();
        var (policy, data) = (tool.File("policy.yml"), tool.File("empty.jsonl"));
        File.WriteAllText(policy, "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 2%\n");
        File.WriteAllText(data, "");

        (await tool.RunAsync("check", data, "--policy", policy)).Exits(3);
    }

    private static string Sample => RepositoryRoot.File("tools/sample/data/preferences.jsonl");

    // All but the run: its times and duration.
    private static string Counted(string imprint)
    {
        var root = JsonNode.Parse(File.ReadAllText(imprint))!.AsObject(); // An imprint is an object.
        Assert.True(root.Remove("run"), "The imprint has no member 'run'.");
        return root.ToJsonString();
    }
}
