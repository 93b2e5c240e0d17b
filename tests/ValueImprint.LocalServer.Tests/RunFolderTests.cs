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
    public void Find_RuntimeFolderIsThere_IsPreferred()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");

        Assert.Equal(_folder.File("valueimprint"), RunFolder.Find(null, Variables(("XDG_RUNTIME_DIR", _folder.Path), ("HOME", _folder.Path))));
        Assert.Equal(
            Path.Combine(_folder.Path, ".cache", "valueimprint", "run"),
            RunFolder.Find(null, Variables(("XDG_RUNTIME_DIR", _folder.File("missing")), ("HOME", _folder.Path))));
    }

    [Fact]
    public void Find_HomeTooDeepForASocket_FallsBackToTheTemporaryFolder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");
        var deep = Directory.CreateDirectory(_folder.File(new string('d', 100))).FullName;

        var found = RunFolder.Find(null, Variables(("HOME", deep)));

        Assert.StartsWith("/tmp/valueimprint-", found, StringComparison.Ordinal);
        Assert.True(ServerAddress.TryParse($"unix:{found}/{new string('0', 16)}.sock", out _, out var problem), problem);
    }

    [Fact]
    public void Find_NamedFolderTooDeep_IsRefused() =>
        Assert.Throws<ClientException>(() => RunFolder.Find("/" + new string('d', 100), Variables()));

    [Fact]
    public void Create_FolderIsALink_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix folders.");
        Directory.CreateDirectory(_folder.File("elsewhere"));
        Directory.CreateSymbolicLink(_folder.File("run"), _folder.File("elsewhere"));

        var fault = Assert.Throws<ClientException>(() => RunFolder.Create(FakeCommand.Options(_folder.File("run"))));

        Assert.Contains("It is a link.", fault.Message, StringComparison.Ordinal);
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
