using System.Runtime.Versioning;
using System.Text;
using ValueImprint.Client;
using ValueImprint.Core.Estimation;

namespace ValueImprint.LocalServer;

/// <summary>The folder of local servers: its owner's alone, and near enough to the root for a socket's path.</summary>
internal static class RunFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // "/", the key's 16 digits, ".sock".
    private const int LongestPath = ServerAddress.LongestSocketPath - 22;

    /// <exception cref="ClientException">There is no usable folder.</exception>
    public static string Create(LocalServerOptions options)
    {
        var folder = Find(options.RunFolder, options.Environment);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Below the user's profile, which is closed to others.
                Directory.CreateDirectory(folder);
            }
            else
            {
                CreateOwnersOnly(folder);
            }

            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(
                ClientFault.LocalServerFailed, $"The folder of local servers, '{folder}', can't be made the user's own: {fault.Message} Name another one.", fault);
        }
    }

    /// <summary>Where the folder is, or would be.</summary>
    /// <exception cref="ClientException">The folder asked for is too far from the root.</exception>
    public static string Find(string? wanted, IReadOnlyDictionary<string, string> environment)
    {
        if (wanted is not null)
        {
            return Fits(wanted)
                ? wanted
                : throw new ClientException(
                    ClientFault.InvalidOption,
                    $"'{wanted}' has more than {LongestPath} bytes, so that a socket's path in it would be too long; choose a folder nearer to the root.");
        }

        return Candidates(environment).FirstOrDefault(Fits)
            ?? throw new ClientException(ClientFault.InvalidOption, $"No folder for local servers is near enough to the root; name one of at most {LongestPath} bytes.");
    }

    private static IEnumerable<string> Candidates(IReadOnlyDictionary<string, string> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            var local = Folder(environment, "LOCALAPPDATA", mustExist: false) ?? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return [Path.Combine(local, "valueimprint", "run")];
        }

        // With the user's name, and closed to others: two users must not meet in the same folder.
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

    [UnsupportedOSPlatform("windows")]
    private static void CreateOwnersOnly(string folder)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        if (new DirectoryInfo(folder).LinkTarget is not null)
        {
            throw new IOException("It is a link.");
        }

        // Fails where somebody else owns it: then whoever made it could swap sockets and read texts.
        File.SetUnixFileMode(folder, OwnerOnly);
    }
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
