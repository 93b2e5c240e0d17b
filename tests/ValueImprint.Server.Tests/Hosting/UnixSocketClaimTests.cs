using System.Net.Sockets;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Hosting;

public sealed class UnixSocketClaimTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_PlainFile_IsLeftAlone()
    {
        var path = _folder.Write("data.jsonl", "{}");

        var fault = Assert.Throws<ServerStartException>(() => UnixSocketClaim.Take(path));

        Assert.Contains("no socket", fault.Message, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(path));
    }

    [Fact]
    public void Take_Twice_IsRefusedUntilTheFirstLetsGo()
    {
        var path = _folder["s"];
        var first = UnixSocketClaim.Take(path);

        Assert.Throws<ServerStartException>(() => UnixSocketClaim.Take(path));

        first.Dispose();
        UnixSocketClaim.Take(path).Dispose();
    }

    [Fact]
    public void Take_StaleSocket_RemovesIt()
    {
        var path = _folder["s"];
        using (var socket = UnixSocketClaim.Bind(new UnixDomainSocketEndPoint(path)))
        {
            File.Move(path, _folder["kept"]);
        }

        // Closing a socket removes its file by its first name; what a crash leaves is the file alone.
        File.Move(_folder["kept"], path);

        using var claim = UnixSocketClaim.Take(path);

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Take_SocketOfAProgramWithoutLock_IsRefused()
    {
        var path = _folder["s"];
        using var other = UnixSocketClaim.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();

        var fault = Assert.Throws<ServerStartException>(() => UnixSocketClaim.Take(path));

        Assert.Contains("answers on this socket", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_FileMode_IsTheOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no Unix file modes on Windows.");
        using var socket = UnixSocketClaim.Bind(new UnixDomainSocketEndPoint(_folder["s"]));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["s"]));
        }
    }
}
