using System.Runtime.Versioning;
using System.Text;

namespace ValueImprint.Client.LocalServers;

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
