using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.Versioning;
using ValueImprint.Client.FakeServer;
using ValueImprint.Client;

namespace ValueImprint.LocalServer.Tests;

public sealed class LocalServerProcessTests : IAsyncLifetime
{
    private static readonly ClientOptions _options = new() { FirstPause = TimeSpan.FromMilliseconds(5), ConnectTimeout = TimeSpan.FromSeconds(30) };

    private readonly TestFolder _folder = new();

    private string RunFolder => _folder.File("run");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in await LocalServerProcess.ListAsync(FakeCommand.Variables, RunFolder))
        {
            await LocalServerProcess.StopAsync(server, TimeSpan.Zero);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task StartAsync_Twice_UsesTheSameServer()
    {
        var starts = _folder.File("starts");
        using var first = Open("--fake-starts", starts);
        using var second = Open("--fake-starts", starts);

        await Clients.ClassifyAllAsync(first, 100, ct: TestContext.Current.CancellationToken).Soon();
        await Clients.ClassifyAllAsync(second, 100, ct: TestContext.Current.CancellationToken).Soon();

        Assert.Single(await File.ReadAllLinesAsync(starts, TestContext.Current.CancellationToken));
        var server = Assert.Single(await LocalServerProcess.ListAsync(FakeCommand.Variables, RunFolder, TestContext.Current.CancellationToken));
        Assert.True(server.IsAnswering);
        Assert.Equal("1.0.0-test", server.Version);
        Assert.Contains("idle timeout 600s", await File.ReadAllTextAsync(server.Log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_EightProcessesAtOnce_GivesOneServer()
    {
        var starts = _folder.File("starts");
        var starters = Enumerable.Range(0, 8).Select(_ => Process.Start(new ProcessStartInfo(FakeCommand.Host, [FakeCommand.Program, "start", RunFolder, starts])
        {
            RedirectStandardOutput = true,
        })!).ToArray();

        // Ends only when every holder of the pipe has closed it: the server must not be one.
        var outputs = await Task.WhenAll(starters.Select(static starter => starter.StandardOutput.ReadToEndAsync())).Soon();

        var pid = Assert.Single(await File.ReadAllLinesAsync(starts, TestContext.Current.CancellationToken));
        Assert.All(outputs, output => Assert.Equal(pid, output.Trim()));
        foreach (var starter in starters)
        {
            starter.Dispose();
        }
    }

    [Fact]
    public async Task StartAsync_StaleSocket_IsCleanedUp()
    {
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder));
        Directory.CreateDirectory(RunFolder);
        var socket = Path.Combine(RunFolder, server.Identity + ".sock");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(socket));
        }

        await File.WriteAllTextAsync(socket, "", TestContext.Current.CancellationToken); // .NET removes the path of a closed socket; a killed process doesn't.

        var address = await server.StartAsync(TestContext.Current.CancellationToken).Soon();

        Assert.Equal(socket, address.SocketPath);
        Assert.True((await server.FindAsync(TestContext.Current.CancellationToken).Soon())!.IsAnswering);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("replaced by an empty file")]
    public async Task StartAsync_SocketOfARunningServerIsGone_StopsItAndStartsAnother(string how)
    {
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder));
        var address = await server.StartAsync(TestContext.Current.CancellationToken).Soon();
        var lost = (await server.FindAsync(TestContext.Current.CancellationToken).Soon())!;
        File.Delete(lost.Socket);
        if (how != "removed")
        {
            await File.WriteAllTextAsync(lost.Socket, "", TestContext.Current.CancellationToken);
        }

        Assert.Equal(address, await server.StartAsync(TestContext.Current.CancellationToken).Soon());

        var found = (await server.FindAsync(TestContext.Current.CancellationToken).Soon())!;
        Assert.True(found.IsAnswering);
        Assert.NotEqual(lost.Pid, found.Pid);
        Assert.Null(ProcessBirth.Of(lost.Pid));
    }

    [Fact]
    public async Task StartAsync_StateCanNotBeKept_EndsTheServerThatNobodyWouldFind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder));
        Directory.CreateDirectory(Path.Combine(RunFolder, server.Identity + ".json.new")); // Where the state would be written first.

        var fault = await Assert.ThrowsAsync<ClientException>(() => server.StartAsync(TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.LocalServerFailed, fault.Fault);
        while (Directory.EnumerateDirectories("/proc").Any(process => CommandLine(process).Contains(RunFolder, StringComparison.Ordinal)))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        static string CommandLine(string process)
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return ""; // No process, or one that has just ended.
            }
        }
    }

    [Fact]
    public async Task ClassifyStreamAsync_ServerCrashesInMidStream_IsRestartedAndNothingIsLost()
    {
        var starts = _folder.File("starts");
        var interruptions = new List<StreamInterruption>();
        using var client = LocalServerProcess.OpenClient(
            FakeCommand.Options(RunFolder, ["--fake-starts", starts, "--fake-crash-once", _folder.File("crashed"), "150"]),
            _options with { OnInterruption = interruptions.Add });

        await Clients.ClassifyAllAsync(client, 1000, ct: TestContext.Current.CancellationToken).Soon();

        Assert.Single(interruptions);
        Assert.Equal(2, (await File.ReadAllLinesAsync(starts, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task ClassifyStreamAsync_PoisonText_EndsAtTheSecondCrash()
    {
        var starts = _folder.File("starts");
        using var client = Open("--fake-starts", starts, "--fake-crash-on", "text 33");

        var fault = await Assert.ThrowsAsync<ClientException>(() => Clients.ClassifyAllAsync(client, 200, ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.RepeatedCrash, fault.Fault);
        Assert.Contains("text 34", fault.Message, StringComparison.Ordinal); // Places count from 1.
        Assert.Equal(2, (await File.ReadAllLinesAsync(starts, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task StartAsync_ServerEndsAtOnce_ShowsItsLog()
    {
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder, ["--fake-fault", "exit"]));

        var fault = await Assert.ThrowsAsync<ClientException>(() => server.StartAsync(TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.LocalServerFailed, fault.Fault);
        Assert.Contains("The model is missing.", fault.Message, StringComparison.Ordinal);
        Assert.Null(await server.FindAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("unready")]
    public async Task StartAsync_ServerDoesNotGetReady_IsKilledAfterTheLimit(string fault)
    {
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder, ["--fake-fault", fault]) with { StartTimeout = TimeSpan.FromSeconds(4) });

        var failure = await Assert.ThrowsAsync<ClientException>(() => server.StartAsync(TestContext.Current.CancellationToken)).Soon();

        Assert.Contains("was not ready within 4 s", failure.Message, StringComparison.Ordinal);
        await UntilGoneAsync(server).Soon();
    }

    [Fact]
    public async Task StartAsync_NoSuchProgram_SaysSo()
    {
        var options = FakeCommand.Options(RunFolder) with { Command = new LocalServerCommand("/nonexistent/valueimprint", ["serve"]) };

        var fault = await Assert.ThrowsAsync<ClientException>(() => new LocalServerProcess(options).StartAsync(TestContext.Current.CancellationToken)).Soon();

        Assert.Contains("/nonexistent/valueimprint can't be started", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, StopOutcome.Ended)]
    [InlineData("deaf", StopOutcome.Killed)]
    public async Task StopAsync_RunningServer_Ends(string? fault, StopOutcome expected)
    {
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder, fault is null ? [] : ["--fake-fault", fault]) with
        {
            StopTimeout = TimeSpan.FromSeconds(fault is null ? 60 : 0.5),
        });
        await server.StartAsync(TestContext.Current.CancellationToken).Soon();

        Assert.Equal(expected, await server.StopAsync(TestContext.Current.CancellationToken).Soon());
        Assert.Null(await server.FindAsync(TestContext.Current.CancellationToken));
        Assert.Equal(StopOutcome.NotRunning, await server.StopAsync(TestContext.Current.CancellationToken).Soon());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task StartAsync_OnLinux_ServerHasASessionAndHandlesOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var server = new LocalServerProcess(FakeCommand.Options(RunFolder));

        await server.StartAsync(TestContext.Current.CancellationToken).Soon();

        var info = (await server.FindAsync(TestContext.Current.CancellationToken))!;
        var proc = string.Create(CultureInfo.InvariantCulture, $"/proc/{info.Pid}");
        var stat = await File.ReadAllTextAsync(proc + "/stat", TestContext.Current.CancellationToken);
        var session = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
        Assert.Equal(info.Pid.ToString(CultureInfo.InvariantCulture), session);
        Assert.Equal(["/dev/null", info.Log, info.Log], new[] { "0", "1", "2" }.Select(handle => new FileInfo($"{proc}/fd/{handle}").LinkTarget));
        Assert.Equal(RunFolder, new DirectoryInfo(proc + "/cwd").LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(RunFolder));
    }

    [Fact]
    public void Identity_AnythingThatDecidesAnswers_MakesAnotherServer()
    {
        var model = Directory.CreateDirectory(_folder.File("model")).FullName;
        File.WriteAllText(Path.Combine(model, "config.json"), "{}");
        var options = FakeCommand.Options(RunFolder) with { ModelFolder = model };
        string Identity(LocalServerOptions changed) => new LocalServerProcess(changed).Identity;
        var before = Identity(options);

        Assert.Equal(before, Identity(options with { StartTimeout = TimeSpan.FromSeconds(5) }));
        Assert.NotEqual(before, Identity(options with { Version = "2" }));
        Assert.NotEqual(before, Identity(options with { ModelFolder = null }));
        Assert.NotEqual(before, Identity(options with { Arguments = ["--device", "cuda"] }));
        Assert.NotEqual(before, Identity(options with { Environment = new Dictionary<string, string>(options.Environment) { ["VALUEIMPRINT_SERVE_QUEUE_LENGTH"] = "9" } }));
        File.WriteAllText(Path.Combine(model, "config.json"), "{ }");
        Assert.NotEqual(before, Identity(options));
    }

    [Fact]
    public void Identity_FolderOfMoreFilesThanAPackageHas_IsRefusedAndNotCutShort()
    {
        var folder = Directory.CreateDirectory(_folder.File("home")).FullName;
        for (var file = 0; file <= AnswerFiles.Most; file++)
        {
            File.WriteAllText(Path.Combine(folder, file.ToString(CultureInfo.InvariantCulture)), "");
        }

        var fault = Assert.Throws<ClientException>(() => new LocalServerProcess(FakeCommand.Options(RunFolder) with { ModelFolder = folder }));

        Assert.Equal(ClientFault.InvalidOption, fault.Fault);
        Assert.Contains($"'{folder}' holds more than 10000 files", fault.Message, StringComparison.Ordinal);
    }

    private ClassifierClient Open(params string[] arguments) => LocalServerProcess.OpenClient(
        FakeCommand.Options(RunFolder, arguments),
        _options);

    private static async Task UntilGoneAsync(LocalServerProcess server)
    {
        while (await server.FindAsync(TestContext.Current.CancellationToken) is not null)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
