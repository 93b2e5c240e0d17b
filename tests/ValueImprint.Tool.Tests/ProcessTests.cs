using System.Text;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests;

/// <summary>What only a real process shows: exit codes, signals, pipes, what is loaded.</summary>
public sealed class ProcessTests(LocalServerFixture server) : IDisposable
{
    private const string Passing = "policy: 1\ncoverage:\n  - value: empathy\n    scope: chosen\n    minimum: 20.5%\n";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("minimum: 20.5%", 0)]
    [InlineData("minimum: 80.5%", 1)]
    [InlineData("minimun: 20.5%", 2)]
    public async Task Gate_GermanLocale_AnswersByExitCode(string bound, int exitCode)
    {
        var environment = With(("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8"));
        using var tool = ToolProcess.Start(environment, "gate", Imprint(), "--policy", _folder.Write("policy.yml", Passing.Replace("minimum: 20.5%", bound, StringComparison.Ordinal)));

        var (code, output, error) = await tool.EndAsync();

        Assert.Equal(exitCode, code);
        Assert.Equal(exitCode == 2, output.Length == 0);
        Assert.Equal(exitCode == 0, error.Length == 0);
        Assert.DoesNotContain(",5", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_WithoutServerAndRuntimeAssemblies_StillRuns()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.TopDirectoryOnly).Where(IsOfTheGate))
        {
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }

        using var tool = ToolProcess.Start(_folder["valueimprint.dll"], server.Environment, "gate", Imprint(), "--policy", _folder.Write("policy.yml", Passing));

        var (code, _, error) = await tool.EndAsync();

        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task Audit_Interrupted_Exits130AndLeavesNothingHalfWritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send.");
        using var tool = ToolProcess.Start(
            server.Environment, "audit", "-", "--output", _folder["a.imprint.json"], "--rows", _folder["rows.jsonl"]);

        // Input that does not end: the audit is under way for as long as nobody stops it. The reader tells the format by the first 64 KiB.
        for (var row = 0; row < 2000; row++)
        {
            await tool.SendAsync("""{"text": "Why does rain fall from clouds, and where does it go?"}""");
        }

        await tool.WaitForErrorAsync("layout text");
        tool.SendInterrupt();
        var (code, output, error) = await tool.EndAsync();

        Assert.Equal((130, ""), (code, output));
        Assert.Contains("Cancelled.", error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Classify_ReaderLeaves_EndsQuietly()
    {
        using var tool = ToolProcess.Start(server.Environment, "classify", "-", "--format", "jsonl");
        await tool.SendAsync("""{"text": "Be kind."}""");
        Assert.NotNull(await tool.ReadLineAsync());

        tool.CloseOutput();
        await tool.SendAsync("""{"text": "Be fair."}""");
        var code = await tool.ExitAsync();

        Assert.Equal((0, ""), (code, tool.Error));
    }

    [Fact]
    public async Task Classify_OneLineAtATime_AnswersBeforeTheNextIsSent()
    {
        using var tool = ToolProcess.Start(server.Environment, "classify", "-", "--format", "jsonl");

        foreach (var text in new[] { "{\"id\":\"a\",\"text\":\"Be kind.\"}", "nonsense", "{\"id\":\"b\",\"text\":\"Be fair.\"}" })
        {
            await tool.SendAsync(text);
            Assert.NotNull(await tool.ReadLineAsync());
        }

        tool.EndInput();
        Assert.Equal(3, await tool.ExitAsync());
    }

    [Theory]
    [InlineData("audit -")]
    [InlineData("classify - --format jsonl")]
    [InlineData("classify -")]
    public async Task Verb_StandardInputIsClosed_EndsAsWithAnEmptyOne(string verb)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Closing a descriptor is a shell's affair.");
        using var closed = ToolProcess.StartShell(server.Environment, $"exec dotnet '{ToolProcess.Assembly()}' {verb} <&-");
        using var empty = ToolProcess.StartShell(server.Environment, $"exec dotnet '{ToolProcess.Assembly()}' {verb} </dev/null");

        var (code, output, error) = await closed.EndAsync();

        Assert.Equal(await empty.EndAsync(), (code, output, error));
        Assert.Equal(verb.Contains("jsonl", StringComparison.Ordinal) ? 0 : 3, code);
    }

    [Fact]
    public async Task Audit_DiskIsFull_SaysSoAndLeavesNoRowsBehind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounts a small file system.");
        var disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        var data = _folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 1000).Select(static row => $"{{\"text\": \"A made-up sentence with the number {row}.\"}}\n")));

        using var shell = ToolProcess.StartShell(
            server.Environment,
            $"exec unshare --mount sh -c \"mount -t tmpfs -o size=64k none '{disk}' && {{ dotnet '{ToolProcess.Assembly()}' audit '{data}' --output /dev/null --rows '{disk}/rows.jsonl'; echo code \\$?; ls -A '{disk}'; }}\"");
        var (_, output, error) = await shell.EndAsync();

        Assert.SkipWhen(output.Length == 0, "This system lets nobody mount.");
        Assert.Equal("code 3\n", output);
        Assert.Contains("No space left on device", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsOfTheGate(string file)
    {
        string[] parts = ["valueimprint.", "ValueImprint.Core.", "ValueImprint.Reports.", "ValueImprint.Auditing.", "ValueImprint.Client.", "ValueImprint.Datasets.", "YamlDotNet.", "System.CommandLine."];
        return parts.Any(part => Path.GetFileName(file).StartsWith(part, StringComparison.Ordinal));
    }

    private string Imprint() => _folder.Write("pairs.imprint.json", SampleImprint.Pairs());

    private Dictionary<string, string> With(params (string Name, string Value)[] variables)
    {
        var environment = server.Environment.ToDictionary();
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }
}
