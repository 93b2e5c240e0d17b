using System.Diagnostics;
using ValueImprint.Client.FakeServer;
using ValueImprint.Client;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.LocalServer.Tests;

public sealed class RunFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_RuntimeFolderIsThere_IsPreferred()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");

        Assert.Equal(_folder.File("valueimprint"), RunFolder.Create(null, Variables(("XDG_RUNTIME_DIR", _folder.Path), ("HOME", _folder.Path))));
        Assert.Equal(
            Path.Combine(_folder.Path, ".cache", "valueimprint", "run"),
            RunFolder.Create(null, Variables(("XDG_RUNTIME_DIR", _folder.File("missing")), ("HOME", _folder.Path))));
    }

    [Fact]
    public void Create_HomeTooDeepForASocket_FallsBackToTheTemporaryFolder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");
        var deep = Directory.CreateDirectory(_folder.File(new string('d', 100))).FullName;

        var found = RunFolder.Create(null, Variables(("HOME", deep), ("TMPDIR", _folder.Path)));

        Assert.StartsWith(_folder.File("valueimprint-"), found, StringComparison.Ordinal);
        Assert.True(ServerAddress.TryParse($"unix:{found}/{new string('0', 16)}.sock", out _, out var problem), problem);
    }

    [Fact]
    public void Create_HomeCanNotBeWrittenTo_TakesTheNextFolderAndFindsItAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");
        _folder.Write(".cache", "a file where the folder would be made");
        var variables = Variables(("HOME", _folder.Path), ("TMPDIR", _folder.Path));

        var created = RunFolder.Create(null, variables);

        Assert.StartsWith(_folder.File("valueimprint-"), created, StringComparison.Ordinal);
        Assert.Contains(created, RunFolder.Existing(null, variables));
    }

    [Fact]
    public void Create_NamedFolderTooDeep_IsRefused() =>
        Assert.Throws<ClientException>(() => RunFolder.Create("/" + new string('d', 100), Variables()));

    [Theory]
    [InlineData("a link", "It is a link.")]
    [InlineData("writable by others", "Others may write to it; remove it.")]
    [InlineData("of another user", "It is another user's.")]
    public async Task Create_FolderThatIsNotTheUsersOwn_IsRefusedAndNoProcessOfItEnded(string kind, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");
        Assert.SkipWhen(kind == "of another user" && !Environment.IsPrivilegedProcess, "Only the superuser gives a folder away.");
        var run = _folder.File("run");
        var elsewhere = Directory.CreateDirectory(kind == "a link" ? _folder.File("elsewhere") : run).FullName;
        using var victim = Process.Start("sleep", ["600"]);
        try
        {
            new ServerState(victim.Id, ProcessBirth.Of(victim.Id)!, "1", null, DateTimeOffset.UtcNow, IsReady: true).Write(Path.Combine(elsewhere, "0123456789abcdef.json"));
            if (kind == "a link")
            {
                Directory.CreateSymbolicLink(run, elsewhere);
            }
            else if (kind == "writable by others")
            {
                File.SetUnixFileMode(run, File.GetUnixFileMode(run) | UnixFileMode.OtherWrite);
            }
            else
            {
                using var chown = Process.Start("chown", ["65534", run]);
                await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            var starting = Assert.Throws<ClientException>(() => RunFolder.Create(run, FakeCommand.Variables));
            var stopping = await Assert.ThrowsAsync<ClientException>(() => LocalServerProcess.ListAsync(FakeCommand.Variables, run, TestContext.Current.CancellationToken)).Soon();

            Assert.Contains(expected, starting.Message, StringComparison.Ordinal);
            Assert.Contains(expected, stopping.Message, StringComparison.Ordinal);
            Assert.False(victim.HasExited);
        }
        finally
        {
            victim.Kill();
        }
    }

    [Fact]
    public async Task ListAsync_FoundFolderOfAnotherUser_IsPassedOver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only the superuser gives a folder away.");
        var variables = Variables(("XDG_RUNTIME_DIR", _folder.Path), ("TMPDIR", _folder.Path));
        var foreign = RunFolder.Create(null, variables);
        using var victim = Process.Start("sleep", ["600"]);
        try
        {
            new ServerState(victim.Id, ProcessBirth.Of(victim.Id)!, "1", null, DateTimeOffset.UtcNow, IsReady: true).Write(Path.Combine(foreign, "0123456789abcdef.json"));
            using var chown = Process.Start("chown", ["65534", foreign]);
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);

            var servers = await LocalServerProcess.ListAsync(variables, ct: TestContext.Current.CancellationToken).Soon();

            Assert.DoesNotContain(servers, server => server.Pid == victim.Id);
            Assert.NotEqual(foreign, RunFolder.Create(null, variables));
        }
        finally
        {
            victim.Kill();
        }
    }

    [Fact]
    public void Run_ServerEndedDaysAgo_RemovesItsFiles()
    {
        var old = new ServerFiles(_folder.Path, "old");
        var recent = new ServerFiles(_folder.Path, "recent");
        foreach (var files in new[] { old, recent })
        {
            new ServerState(int.MaxValue, "nobody", "1", null, DateTimeOffset.UtcNow).Write(files.State);
            File.WriteAllText(files.Log, "log");
        }

        File.SetLastWriteTimeUtc(old.State, DateTime.UtcNow.AddDays(-3));

        RunFolderSweep.Run(new ServerFiles(_folder.Path, "own"), DateTimeOffset.UtcNow);

        Assert.Equal(["recent.json", "recent.log"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Tail_LogOfSeveralServers_ShowsTheLastOne()
    {
        var log = _folder.Write("s.log", "earlier\n");
        var from = ServerLog.Length(log);
        File.AppendAllText(log, "now 1\nnow 2\n");

        Assert.Equal($"{Environment.NewLine}  now 1{Environment.NewLine}  now 2", ServerLog.Tail(log, from));
    }

    [Fact]
    public void Prepare_LogTooLarge_IsSetAside()
    {
        var log = _folder.Write("s.log", new string('x', (int)ServerLog.MostBytes + 1));

        ServerLog.Prepare(log);

        Assert.Equal(0, ServerLog.Length(log));
        Assert.True(File.Exists(log + ".old"));
    }

    [Fact]
    public void Settings_Variables_LeaveOutWhatWouldMoveTheServer()
    {
        var variables = Variables(("PATH", "p"), ("Kestrel__Endpoints__X__Url", "http://*:1"), ("ASPNETCORE_URLS", "u"), ("VALUEIMPRINT_SERVE_QUEUE_LENGTH", "9"));

        Assert.Equal(["PATH", "VALUEIMPRINT_SERVE_QUEUE_LENGTH"], ServerEnvironment.Of(variables).Select(static variable => variable.Key).Order());
        Assert.Equal(["VALUEIMPRINT_SERVE_QUEUE_LENGTH"], ServerEnvironment.Settings(variables).Select(static variable => variable.Key));
    }

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(static variable => variable.Name, static variable => variable.Value);
}
