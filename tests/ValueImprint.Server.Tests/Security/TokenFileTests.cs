using Microsoft.Extensions.Logging;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Security;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Security;

public sealed class TokenFileTests
{
    private const string First = "first-token-0123456789";
    private const string Second = "second-token-0123456789";

    private readonly StoppedClock _clock = new();

    [Fact]
    public void Check_SeveralTokens_AnyOfThemIsGood()
    {
        using var folder = new TempFolder();
        var tokens = Open(folder.Write("t", $"# team a\n{First}\n\n  {Second}  \r\n"), out _);

        Assert.Null(tokens.Check($"Bearer {First}", out _));
        Assert.Null(tokens.Check($"bearer {Second}", out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic first-token-0123456789")]
    [InlineData("first-token-0123456789")]
    [InlineData("Bearer first-token-012345678")]
    [InlineData("Bearer first-token-01234567890")]
    [InlineData("Bearer # team a")]
    public void Check_AnythingElse_IsRefused(string? header)
    {
        using var folder = new TempFolder();
        var tokens = Open(folder.Write("t", $"# team a\n{First}\n"), out _);

        Assert.NotNull(tokens.Check(header, out _));
    }

    [Fact]
    public void Check_TwoHeaders_AreRefused()
    {
        using var folder = new TempFolder();
        var tokens = Open(folder.Write("t", First), out _);

        Assert.NotNull(tokens.Check(new[] { $"Bearer {First}", $"Bearer {First}" }, out _));
    }

    [Fact]
    public void Check_FileChanged_TakesEffectWithinASecond()
    {
        using var folder = new TempFolder();
        var tokens = Open(folder.Write("t", First), out _);
        folder.Write("t", Second);

        Assert.Null(tokens.Check($"Bearer {First}", out _));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(tokens.Check($"Bearer {First}", out _));
        Assert.Null(tokens.Check($"Bearer {Second}", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData(null)]
    public void Check_FileBroken_KeepsTheFormerTokensAndLogs(string? content)
    {
        using var folder = new TempFolder();
        var tokens = Open(folder.Write("t", First), out var log);
        if (content is null)
        {
            File.Delete(folder["t"]);
        }
        else
        {
            folder.Write("t", content);
        }

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(tokens.Check($"Bearer {First}", out _));
        Assert.True(log.Has(31));
    }

    [Fact]
    public void Check_LinkSwappedAsMountedSecretsAre_TakesEffect()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["one"]);
        Directory.CreateDirectory(folder["two"]);
        folder.Write("one/t", First);
        folder.Write("two/t", Second);
        Directory.CreateSymbolicLink(folder["data"], "one");
        File.CreateSymbolicLink(folder["t"], "data/t");
        var tokens = Open(folder["t"], out _);

        Directory.Delete(folder["data"]);
        Directory.CreateSymbolicLink(folder["data"], "two");
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(tokens.Check($"Bearer {Second}", out _));
        Assert.NotNull(tokens.Check($"Bearer {First}", out _));
    }

    [Theory]
    [InlineData("", "no token")]
    [InlineData("# only a comment", "no token")]
    [InlineData("good-token-0123456789\ntooshort", "(2): a token of 8 characters")]
    [InlineData("good-token-0123456789\n\ntoken with spaces in it", "(3): a token with spaces")]
    [InlineData("tökén-0123456789abcdef", "(1): a token with spaces or characters beyond ASCII")]
    public void Open_FaultyFile_NamesTheLineAndNotTheToken(string content, string expected)
    {
        using var folder = new TempFolder();
        var path = folder.Write("t", content);

        var fault = Assert.Throws<ServerOptionsException>(() => Open(path, out _));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingFile_IsRefused() =>
        Assert.Contains("AcceptTokens", Assert.Throws<ServerOptionsException>(() => Open("/no/such/file", out _)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, true)]
    public void Open_FileThatEveryoneCanRead_IsWarnedAbout(UnixFileMode mode, bool warned)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no Unix file modes on Windows.");
        using var folder = new TempFolder();
        var path = folder.Write("t", First);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        Open(path, out var log);

        Assert.Equal(warned, log.Has(32));
        Assert.DoesNotContain(First, log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NamedPipeInTheFilesPlaceForAWhile_NeitherWaitsNorForgetsToLookAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes are no files on Windows.");
        using var folder = new TempFolder();
        var tokens = Open(folder.Write("t", First), out var log);
        File.Delete(folder["t"]);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder["t"]]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken).Time();
        }

        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Null(await Task.Run(() => tokens.Check($"Bearer {First}", out _)).Time());
        }

        Assert.Equal(1, log.Count(31));
        File.Delete(folder["t"]);
        folder.Write("t", Second);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.NotNull(tokens.Check($"Bearer {First}", out _));
        Assert.Null(tokens.Check($"Bearer {Second}", out _));
    }

    [Fact]
    public void Check_FileOpenedToEveryoneLater_IsWarnedAboutOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no Unix file modes on Windows.");
        using var folder = new TempFolder();
        var path = folder.Write("t", First);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var tokens = Open(path, out var log);
        Assert.False(log.Has(32));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        }

        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Null(tokens.Check($"Bearer {First}", out _));
        }

        Assert.Equal(1, log.Count(32));
    }

    private TokenFile Open(string path, out LogLines log)
    {
        log = new LogLines();
        return new TokenFile(path, _clock, LoggerFactory.Create(builder => { }).Also(log).CreateLogger<TokenFile>());
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
