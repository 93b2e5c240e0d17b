using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>An audit that is killed as by a power cut, and repeated.</summary>
public sealed class ResumeTests
{
    private const int Rows = 3000;

    private static readonly string[] _words = ["rain", "falls", "on", "the", "old", "bridge", "while", "people", "help", "each", "other", "learn", "justice", "slowly"];

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.parquet")]
    public async Task Audit_KilledTwice_GoesOnAndGivesTheSameImprintAndRows(string rows)
    {
        await using var tool = new ToolEnvironment();
        var data = Dataset(tool);
        var (whole, wholeRows) = (tool.File("whole.imprint.json"), tool.File("whole.rows.jsonl"));
        (await tool.RunAsync("audit", data, "--max-bad-rows", "5%", "--dedupe", "--output", whole, "--rows", wholeRows)).Exits(0);
        string[] command =
        [
            "audit", data, "--max-bad-rows", "5%", "--dedupe", "--output", tool.File("killed.imprint.json"), "--rows", tool.File(rows),
            "--checkpoint", tool.File("killed.checkpoint"), "--checkpoint-every", "0.1",
        ];

        var first = await KillBehindAsync(tool, command, Rows / 10);
        var second = await KillBehindAsync(tool, command, first + (Rows / 5));
        var end = (await tool.RunAsync(command)).Exits(0);

        Assert.InRange(second, first + 1, Rows - 1);
        Assert.Contains("goes on behind", end.Error, StringComparison.Ordinal);
        Assert.Equal(WithoutRun(whole), WithoutRun(tool.File("killed.imprint.json")));
        Assert.Equal(await ResultsAsync(tool, wholeRows), await ResultsAsync(tool, tool.File(rows)));
        if (rows.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            Assert.Equal(File.ReadLines(wholeRows).SkipLast(1), File.ReadLines(tool.File(rows)).SkipLast(1));
        }

        Assert.False(File.Exists(tool.File("killed.checkpoint")));
        Assert.False(File.Exists(tool.File(rows + ".partial")));
    }

    [Fact]
    public async Task Audit_DataChangedSinceItWasKilled_IsRefused()
    {
        await using var tool = new ToolEnvironment();
        var data = Dataset(tool);
        string[] command =
        [
            "audit", data, "--max-bad-rows", "5%", "--output", tool.File("killed.imprint.json"),
            "--checkpoint", tool.File("killed.checkpoint"), "--checkpoint-every", "0.1",
        ];
        await KillBehindAsync(tool, command, Rows / 10);
        await File.AppendAllTextAsync(data, "{\"chosen\":\"one\",\"rejected\":\"more\"}\n", TestContext.Current.CancellationToken);

        var run = await tool.RunAsync(command);

        run.Exits(2);
        Assert.Contains("data.jsonl had other content then", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(tool.File("killed.checkpoint")), "The checkpoint was deleted.");
    }

    // Kills the tool, not the server, as soon as the checkpoint is behind so many rows; says how many they are.
    private static async Task<int> KillBehindAsync(ToolEnvironment tool, string[] command, int rows)
    {
        using var audit = CommandRun.Start(ToolEnvironment.Tool, command, tool.Variables);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        var done = 0;
        while ((done = RowsDone(tool)) < rows)
        {
            Assert.False(audit.HasExited, "The audit ended before it was killed.");
            await Task.Delay(20, limit.Token);
        }

        audit.Kill();
        await audit.WaitForExitAsync(limit.Token);
        Assert.NotEqual(0, audit.ExitCode);
        return done;
    }

    private static int RowsDone(ToolEnvironment tool)
    {
        var file = tool.File("killed.checkpoint");
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!["rows_done"]!.GetValue<int>() : 0; // Never half written.
    }

    // With duplicates, and rows that can't be read.
    private static string Dataset(ToolEnvironment tool)
    {
        var random = new Random(17);
        var lines = new StringBuilder();
        for (var row = 0; row < Rows; row++)
        {
            lines.Append(row % 101 == 100 ? "{" : JsonSerializer.Serialize(new { chosen = Text(random, row), rejected = Text(random, -row) })).Append('\n');
            if (row % 50 == 49)
            {
                lines.Append("{\"chosen\":\"the same\",\"rejected\":\"again\"}\n");
            }
        }

        var data = tool.File("data.jsonl");
        File.WriteAllText(data, lines.ToString());
        return data;
    }

    private static string Text(Random random, int number) => string.Create(
        CultureInfo.InvariantCulture, $"Human: {number}? Assistant: {string.Join(' ', Enumerable.Range(0, 60).Select(_ => _words[random.Next(_words.Length)]))}");

    // What another threshold makes of them: the scores of every text count, and a recount refuses rows that are not the audit's.
    private static async Task<string> ResultsAsync(ToolEnvironment tool, string rows)
    {
        var counted = (await tool.RunAsync("recount", rows, "--abstain-below", "0.5", "--format", "json")).Exits(0).Output;
        var imprint = JsonNode.Parse(counted)!.AsObject(); // An imprint is an object.
        Assert.True(imprint.Remove("run"), "The imprint has no member 'run'.");
        return imprint.ToJsonString();
    }

    private static string WithoutRun(string path)
    {
        var imprint = JsonNode.Parse(File.ReadAllText(path))!.AsObject(); // An imprint is an object.
        Assert.True(imprint.Remove("run"), "The imprint has no member 'run'.");
        return imprint.ToJsonString();
    }
}
