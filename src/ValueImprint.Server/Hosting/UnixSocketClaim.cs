using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ValueImprint.Core.Estimation;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Hosting;

/// <summary>
/// The right to a Unix socket's path: at most one server of this machine holds it. The path's <c>.lock</c> neighbour is locked for as
/// long as the process lives, so that of two servers that find the same stale socket only one removes it.
/// </summary>
internal sealed partial class UnixSocketClaim : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private UnixSocketClaim(FileStream @lock) => _lock = @lock;

    /// <exception cref="ServerStartException">Another server has the socket, or the folder can't be written.</exception>
    public static UnixSocketClaim Take(string path)
    {
        try
        {
            CreateFolder(Path.GetDirectoryName(path)!); // Not the root: the path is absolute and names a file.
            var claim = new UnixSocketClaim(OpenLock(path + ".lock"));
            try
            {
                RemoveStale(path);
                return claim;
            }
            catch
            {
                claim.Dispose();
                throw;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"unix:{path}: can't listen here: {fault.Message}", fault);
        }
    }

    /// <summary>Binds a socket to its path such that no other user can connect at any moment, and sets mode 0600.</summary>
    public static Socket Bind(UnixDomainSocketEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (OperatingSystem.IsWindows())
        {
            socket.Bind(endPoint);
            return socket;
        }

        // 0077 and not 0177: another thread that makes a folder in this moment still gets one that its owner can enter.
        var before = SetUmask(0b000_111_111);
        try
        {
            socket.Bind(endPoint);
        }
        finally
        {
            _ = SetUmask(before);
        }

        File.SetUnixFileMode(endPoint.ToString(), OwnerOnly);
        return socket;
    }

    public void Dispose() => _lock.Dispose();

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // An existing folder keeps its mode.
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static FileStream OpenLock(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new ServerStartException(
                $"unix:{path[..^".lock".Length]}: another server holds this socket; use that one, or choose another path.", fault);
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        // Connecting to a plain file is refused just as to a dead socket, and somebody's data must not be taken for one.
        if (new FileInfo(path).Length > 0)
        {
            throw new ServerStartException($"unix:{path}: a file that is no socket is there; choose another path.");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException fault)
        {
            throw new ServerStartException(
                $"unix:{path}: something that is no stale socket is there ({fault.SocketErrorCode}); remove it, or choose another path.", fault);
        }

        throw new ServerStartException($"unix:{path}: another server answers on this socket; use that one, or choose another path.");
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetUmask(uint mask);
}

/// <summary>Takes the Unix sockets' paths before the listeners bind, and gives them back after these have closed.</summary>
internal sealed class SocketClaims(ServerOptions options, IConfiguration configuration) : IHostedLifecycleService, IDisposable
{
    private readonly List<UnixSocketClaim> _claims = [];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var path in ListenPlan.Addresses(options, configuration).Select(static address => address.SocketPath).OfType<string>())
        {
            _claims.Add(UnixSocketClaim.Take(path));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _claims.ForEach(static claim => claim.Dispose());
        _claims.Clear();
    }
}
