using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using ValueImprint.Client;
using ValueImprint.Core.Estimation;

namespace ValueImprint.LocalServer;

/// <summary>
/// The folder of local servers: its owner's alone, and near enough to the root for a socket's path. Whoever else could write to it could
/// swap sockets and read texts, or name any process of the user's as a server to be ended.
/// </summary>
internal static class RunFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // "/", the key's 16 digits, ".sock".
    private const int LongestPath = ServerAddress.LongestSocketPath - 22;

    /// <summary>The first folder that can be made the user's own, made so.</summary>
    /// <exception cref="ClientException">There is no usable folder.</exception>
    public static string Create(string? wanted, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new List<string>();
        foreach (var folder in Candidates(wanted, environment))
        {
            try
            {
                MakeOwn(folder);
                return folder;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                problems.Add($"'{folder}' can't be made the user's own: {fault.Message}");
            }
        }

        throw new ClientException(ClientFault.LocalServerFailed, $"There is no folder for local servers. {string.Join(' ', problems)} Set TMPDIR or XDG_RUNTIME_DIR to a folder of your own.");
    }

    /// <summary>The folders that are there and the user's own; those of others are passed over, whatever they hold.</summary>
    /// <exception cref="ClientException">The folder asked for is too far from the root, or another user's.</exception>
    public static IReadOnlyList<string> Existing(string? wanted, IReadOnlyDictionary<string, string> environment)
    {
        var found = new List<string>();
        foreach (var folder in Candidates(wanted, environment).Where(Directory.Exists))
        {
            if (ForeignReason(folder) is not { } reason)
            {
                found.Add(folder);
            }
            else if (wanted is not null)
            {
                throw new ClientException(ClientFault.LocalServerFailed, $"The folder of local servers, '{folder}', is not the user's own: {reason}");
            }
        }

        return found;
    }

    private static IEnumerable<string> Candidates(string? wanted, IReadOnlyDictionary<string, string> environment) => wanted is null
        ? Candidates(environment).Where(Fits).Distinct()
        : Fits(wanted) ? [wanted]
        : throw new ClientException(
            ClientFault.InvalidOption,
            $"'{wanted}' has more than {LongestPath} bytes, so that a socket's path in it would be too long; choose a folder nearer to the root.");

    private static IEnumerable<string> Candidates(IReadOnlyDictionary<string, string> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            var local = Folder(environment, "LOCALAPPDATA", mustExist: false) ?? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return [Path.Combine(local, "valueimprint", "run")];
        }

        // With the user's name: two users must not meet in the same folder.
        var own = "valueimprint-" + Sanitize(Environment.UserName);
        string?[] found =
        [
            Folder(environment, "XDG_RUNTIME_DIR", mustExist: true) is { } runtime ? Path.Combine(runtime, "valueimprint") : null,
            Folder(environment, "XDG_CACHE_HOME", mustExist: false) is { } cache ? Path.Combine(cache, "valueimprint", "run") : null,
            Folder(environment, "HOME", mustExist: true) is { } home ? Path.Combine(home, ".cache", "valueimprint", "run") : null,
            Folder(environment, "TMPDIR", mustExist: true) is { } temporary ? Path.Combine(temporary, own) : null,
            Path.Combine("/tmp", own),
        ];
        return found.OfType<string>();
    }

    private static string? Folder(IReadOnlyDictionary<string, string> environment, string variable, bool mustExist) =>
        environment.TryGetValue(variable, out var folder) && Path.IsPathFullyQualified(folder) && (!mustExist || Directory.Exists(folder)) ? folder : null;

    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(folder) <= LongestPath;

    private static string Sanitize(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static void MakeOwn(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder); // Below the user's profile, which is closed to others.
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        if (ForeignReason(folder) is { } reason)
        {
            throw new IOException(reason);
        }

        File.SetUnixFileMode(folder, OwnerOnly); // Also tells whether the file system can be written to.
    }

    // A link is not followed: its owner could lead it elsewhere later. What others could write to holds nothing to be trusted.
    private static string? ForeignReason(string folder) =>
        OperatingSystem.IsWindows() ? null
        : new DirectoryInfo(folder).LinkTarget is not null ? "It is a link."
        : !FileOwner.IsCaller(folder) ? "It is another user's."
        : (File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0 ? "Others may write to it; remove it."
        : null;
}

/// <summary>Who owns a file. .NET tells the mode alone, and the superuser may change that of everybody's files.</summary>
internal static unsafe partial class FileOwner
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint Uid = 0x8;

    // struct statx and macOS's struct stat with room to spare; both are laid out the same on all processors.
    private const int StatusBytes = 512;
    private const int StatxUid = 20;
    private const int MacUid = 16;

    /// <summary>Whether the caller owns it; a link's own owner counts, not that of what it leads to.</summary>
    [UnsupportedOSPlatform("windows")]
    public static bool IsCaller(string path)
    {
        var status = stackalloc byte[StatusBytes];
        var result = OperatingSystem.IsMacOS() ? lstat(path, status) : statx(CurrentFolder, path, NoFollow, Uid, status);
        return result == 0 && *(uint*)(status + (OperatingSystem.IsMacOS() ? MacUid : StatxUid)) == geteuid();
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int lstat(string path, byte* status);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();
}

/// <summary>The files of one local server in the run folder.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Key">See <see cref="ServerKey"/>.</param>
internal sealed record ServerFiles(string Folder, string Key)
{
    private const string StateEnding = ".json";

    public string Socket => Path.Combine(Folder, Key + ".sock");

    public string State => Path.Combine(Folder, Key + StateEnding);

    public string Log => Path.Combine(Folder, Key + ".log");

    /// <summary>Held while a server is started or stopped. Not the socket's own <c>.lock</c>, which the server holds while it lives.</summary>
    public string StartLock => Path.Combine(Folder, Key + ".start");

    /// <summary>All servers that left a state in the folder.</summary>
    public static IEnumerable<ServerFiles> In(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + StateEnding).Order(StringComparer.Ordinal)
            .Select(file => new ServerFiles(folder, Path.GetFileNameWithoutExtension(file)))
        : [];
}

/// <summary>
/// Removes what servers left behind that ended long ago: each rebuilt program has a server of its own, and the folder must not grow with
/// them for ever.
/// </summary>
internal static class RunFolderSweep
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(2);

    public static void Run(ServerFiles own, DateTimeOffset now)
    {
        foreach (var files in ServerFiles.In(own.Folder).Where(files => files.Key != own.Key))
        {
            try
            {
                SweepOne(files, now);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another process is at it; the next start comes by again.
            }
        }
    }

    private static void SweepOne(ServerFiles files, DateTimeOffset now)
    {
        if (now - File.GetLastWriteTimeUtc(files.State) < _kept || ServerState.Read(files.State) is { IsAlive: true })
        {
            return;
        }

        using var held = StartLock.TryTake(files.StartLock);
        if (held is null)
        {
            return;
        }

        // The state last: without it nobody would look for the others again.
        foreach (var file in new[] { files.Socket, files.Socket + ".lock", files.Log, files.Log + ".old", files.StartLock, files.State })
        {
            File.Delete(file);
        }
    }
}

/// <summary>At most one process of a user starts or stops a given server. The system frees the lock when its holder dies.</summary>
internal static class StartLock
{
    /// <summary>The lock, or null while another process has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file can't be made.</exception>
    public static FileStream? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            // The file is left behind: whoever deleted it could take away a lock that another process has just opened.
            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
