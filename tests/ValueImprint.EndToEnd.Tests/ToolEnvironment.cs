using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>The built tool, with local servers of its own: none of the user's is used or stopped.</summary>
public sealed class ToolEnvironment : IAsyncDisposable
{
    public static readonly string Tool = RepositoryRoot.File("tools/valueimprint");

    private readonly string _folder = Directory.CreateTempSubdirectory("vi-e2e-").FullName;

    /// <param name="model">The built-in model that answers; <see langword="null"/>: the default one.</param>
    public ToolEnvironment(string? model = null)
    {
        RunFolder = Path.Combine(_folder, "run");
        Directory.CreateDirectory(RunFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var variables = new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = RunFolder, ["NO_COLOR"] = "1" };
        if (model is not null)
        {
            variables["VALUEIMPRINT_MODEL"] = model;
        }

        Variables = variables;
    }

    public string RunFolder { get; }

    public IReadOnlyDictionary<string, string> Variables { get; }

    public string File(string name) => Path.Combine(_folder, name);

    internal Task<CommandRun> RunAsync(params IEnumerable<string> arguments) => CommandRun.Of(Tool, arguments, Variables);

    /// <summary>Ends when an audit with <c>--rows rows.jsonl</c> has written results: it is in mid-stream.</summary>
    internal async Task RowsUnderWayAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (Directory.GetFiles(_folder, "*rows.jsonl*").All(static file => new FileInfo(file).Length == 0))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Kills the local server as a crash would, without a chance to finish anything.</summary>
    internal async Task KillServerAsync()
    {
        var status = await RunAsync("server", "status", "--format", "json");
        var servers = JsonNode.Parse(status.Output)!.AsArray(); // The verb prints a list.
        foreach (var server in servers)
        {
            using var process = Process.GetProcessById(server!["pid"]!.GetValue<int>()); // Every server of the list has a process.
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.NotEmpty(servers);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("server", "stop");
        Directory.Delete(_folder, recursive: true);
    }
}
