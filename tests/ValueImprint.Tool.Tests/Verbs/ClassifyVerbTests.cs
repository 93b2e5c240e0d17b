using System.Text.Json.Nodes;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Verbs;

public sealed class ClassifyVerbTests(LocalServerFixture server)
{
    private static readonly string[] _members = ["id", "value", "score", "scores", "stance", "tokens", "truncated"];

    [Fact]
    public async Task Classify_Text_PrintsEveryValue()
    {
        var run = await server.Setup.RunAsync("classify", "How do I apologise to a friend?");

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.Contains("Justice & Human/Animal Rights", run.Output, StringComparison.Ordinal);
        Assert.Contains("Empathy/Helpfulness", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_JsonLines_AnswersEachInOrder()
    {
        var ids = Enumerable.Range(0, 300).Select(static index => $"t{index}").ToArray();
        var input = string.Concat(ids.Select(static (id, index) => $"{{\"id\":\"{id}\",\"text\":\"{string.Concat(Enumerable.Repeat("why ", 1 + index % 40))}\"}}\n"));

        var run = await (server.Setup with { Input = input }).RunAsync("classify", "-", "--format", "jsonl");

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        var rows = run.Output.TrimEnd('\n').Split('\n').Select(static line => JsonNode.Parse(line)!.AsObject()).ToArray();
        Assert.Equal(ids, rows.Select(static row => (string?)row["id"]));
        Assert.All(rows, static row => Assert.Equal(_members, row.Select(static member => member.Key)));
        Assert.All(rows, static row => Assert.Equal(7, row["scores"]!.AsObject().Count));
    }

    [Fact]
    public async Task Classify_BadLines_KeepTheirPlaceAndExit3()
    {
        var input = "{\"id\":1,\"text\":\"Be kind.\"}\n\nnonsense\n[1]\n{\"id\":\"x\"}\n{\"id\":\"y\",\"text\":\" \"}\n{\"id\":\"z\",\"text\":\"Be fair.\"}";

        var run = await (server.Setup with { Input = input }).RunAsync("classify", "-", "--format", "jsonl");

        Assert.Equal(ExitCode.CouldNotJudge, run.ExitCode);
        var rows = run.Output.TrimEnd('\n').Split('\n').Select(static line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([null, 3, 4, 5, 6, null], rows.Select(static row => (int?)row["line"]));
        Assert.Equal(["1", null, null, "x", "y", "z"], rows.Select(static row => (string?)row["id"]));
        Assert.Contains("4 of 6 lines could not be classified", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_EmptyInput_PrintsNothing()
    {
        var run = await server.Setup.RunAsync("classify", "-", "--format", "jsonl");

        Assert.Equal(new ToolRun(ExitCode.Pass, "", ""), run);
    }

    [Fact]
    public async Task Classify_BlankText_Exits3()
    {
        var run = await server.Setup.RunAsync("classify", "  ");

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("error VI3007", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_TextFromStandardInput_IsOneText()
    {
        var run = await (server.Setup with { Input = "Be kind.\nAlways.\n" }).RunAsync("classify", "-", "--format", "json");

        Assert.Equal(ExitCode.Pass, run.ExitCode);
        Assert.NotNull(JsonNode.Parse(run.Output)!["value"]);
    }

    [Fact]
    public async Task Classify_ServerOutOfReach_Exits3()
    {
        var run = await server.Setup.RunAsync("classify", "hello", "--server", "unix:/nowhere/at-all.sock");

        Assert.Equal((ExitCode.CouldNotJudge, ""), (run.ExitCode, run.Output));
        Assert.Contains("error VI3010: ", run.Error, StringComparison.Ordinal);
    }
}
