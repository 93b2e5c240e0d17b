using System.Text.RegularExpressions;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>
/// Nothing leaves the machine unasked, and nothing is left behind in the home folder, by a dependency neither: each command runs in a
/// network namespace of its own with an empty home folder, and every attempt to reach something is traced.
/// </summary>
public sealed partial class OutboundTests
{
    private const string Sample = "tools/sample/data/preferences.jsonl";

    [Fact]
    public async Task Audit_WithItsLocalServer_ReachesNothing()
    {
        await using var cell = await Cell.OpenAsync();

        var run = await cell.RunAsync($"'{ToolEnvironment.Tool}' audit '{RepositoryRoot.File(Sample)}' --output '{cell.Tool.File("a.imprint.json")}'; code=$?; '{ToolEnvironment.Tool}' server stop; exit $code");

        run.Exits(0);
        cell.ReachedNothing();
        Assert.Empty(cell.LeftAtHome());
    }

    [Fact]
    public async Task Serve_UntilItsEnd_ReachesNothing()
    {
        await using var cell = await Cell.OpenAsync();

        var run = await cell.RunAsync($"'{ToolEnvironment.Tool}' serve --listen 'unix:{cell.Tool.RunFolder}/a.sock' --idle-timeout 1s");

        run.Exits(0);
        Assert.Contains("serving value-imprint", run.Error, StringComparison.Ordinal);
        cell.ReachedNothing();
        Assert.Empty(cell.LeftAtHome());
    }

    [Fact]
    public async Task Pack_GatedDataset_ReachesNothing()
    {
        await using var cell = await Cell.OpenAsync();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

        // The SDK's own habits are left out: a restore, servers that outlive the build, its first run's greetings.
        var run = await cell.RunAsync(
            $"dotnet msbuild '{RepositoryRoot.File("tools/sample")}' -t:Pack -m:1 -nologo -nodeReuse:false -p:UseSharedCompilation=false "
            + $"-p:BuildProjectReferences=false -p:Configuration={configuration} -p:PackageOutputPath='{cell.Tool.File("out")}' "
            + $"-p:UseAppHost=false -p:IntermediateOutputPath='{cell.Tool.File("obj")}/'; code=$?; '{ToolEnvironment.Tool}' server stop; exit $code");

        run.Exits(0);
        Assert.Contains("200 texts of 100 rows", run.Output, StringComparison.Ordinal);
        cell.ReachedNothing();

        // A marker of NuGet's own.
        Assert.All(cell.LeftAtHome(), static file => Assert.StartsWith(".local/share/NuGet/", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exec 3<>/dev/tcp/192.0.2.1/9")]
    [InlineData("exec 3<>/dev/udp/192.0.2.1/53")]
    [InlineData("getent hosts telemetry.example")]
    public async Task Watch_ForeignHost_IsSeen(string command)
    {
        await using var cell = await Cell.OpenAsync();

        await cell.RunAsync(command);

        Assert.NotEmpty(cell.Reached());
    }

    /// <summary>A place without a network whose every attempt to connect is written down.</summary>
    private sealed partial class Cell : IAsyncDisposable
    {
        private string _home = "";

        public ToolEnvironment Tool { get; } = new();

        private string Trace => Tool.File("trace.txt");

        public static async Task<Cell> OpenAsync()
        {
            Requirement.Needs(
                OperatingSystem.IsLinux() && await WorksAsync("unshare --net true") && await WorksAsync("strace -V"),
                "unshare and strace are needed, and the right to make a network namespace; run tools/install-test-clients.sh as root.");
            var cell = new Cell();
            cell._home = Directory.CreateDirectory(cell.Tool.File("home")).FullName;
            return cell;
        }

        public Task<CommandRun> RunAsync(string command)
        {
            var variables = new Dictionary<string, string>(Tool.Variables)
            {
                ["HOME"] = _home,
                ["DOTNET_CLI_HOME"] = Directory.CreateDirectory(Tool.File("cli")).FullName,
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
                ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),

                // As on a machine on which nobody turned it off.
                ["ORT_DISABLE_TELEMETRY"] = "",
            };
            return CommandRun.Of(
                "unshare",
                ["--net", "strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", Trace, "bash", "-c", command],
                variables);
        }

        public void ReachedNothing() => Assert.Empty(Reached());

        /// <summary>Calls that name an address beyond loopback, or a socket of somebody else.</summary>
        public string[] Reached() => [.. File.ReadLines(Trace).Where(line => Address().IsMatch(line) && !IsOurs(line))];

        public string[] LeftAtHome() =>
            [.. Directory.GetFiles(_home, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_home, file))];

        public ValueTask DisposeAsync() => Tool.DisposeAsync();

        // The daemon of names is asked for the user's; a host's name goes on to a name server, which is seen.
        private bool IsOurs(string line) =>
            line.Contains("AF_NETLINK", StringComparison.Ordinal)
            || line.Contains("\"/var/run/nscd/socket\"", StringComparison.Ordinal)
            || line.Contains($"\"{Path.GetDirectoryName(Tool.RunFolder)}/", StringComparison.Ordinal)
            || line.Contains("inet_addr(\"127.", StringComparison.Ordinal)
            || line.Contains("\"::1\"", StringComparison.Ordinal);

        private static async Task<bool> WorksAsync(string command) => (await CommandRun.Of("bash", ["-c", command])).ExitCode == 0;

        [GeneratedRegex("sa_family=AF_")]
        private static partial Regex Address();
    }
}
