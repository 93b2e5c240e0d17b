using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ValueImprint.Client;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.LocalServer;

/// <summary>
/// Names a local server by everything that decides its answers: version, the program's files, the model's files, options. A rebuilt
/// program or a retrained model is another server; the old one ends when it was idle for its time.
/// </summary>
internal static class ServerKey
{
    // 64 bits: short enough for a socket's path, and a chance meeting of two keys of one user is out of the question.
    private const int Digits = 16;


    public static string Of(LocalServerOptions options, string machine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // A home folder may be shared by machines, a socket can't.
        Add(hash, machine);
        Add(hash, options.Version);
        foreach (var argument in options.Command.Arguments.Concat(options.Arguments).Append(options.IdleTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)))
        {
            Add(hash, argument);
        }

        foreach (var setting in ServerEnvironment.Settings(options.Environment))
        {
            Add(hash, setting.Key + "=" + setting.Value);
        }

        foreach (var file in options.Command.Files)
        {
            AddProgram(hash, file);
        }

        Add(hash, options.ModelFolder ?? "");
        if (options.ModelFolder is { } model)
        {
            AddFiles(hash, new DirectoryInfo(model), "*", depth: 2);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    // A rebuilt library leaves the program's own file as it was, so its neighbours count too.
    private static void AddProgram(IncrementalHash hash, string file)
    {
        var info = new FileInfo(file);
        Add(hash, file);
        if (info.Exists)
        {
            AddFile(hash, info);
        }

        if (Path.GetExtension(file).Equals(".dll", StringComparison.OrdinalIgnoreCase) && info.Directory is { Exists: true } folder)
        {
            AddFiles(hash, folder, "*.dll", depth: 0);
        }
    }

    private static void AddFiles(IncrementalHash hash, DirectoryInfo folder, string pattern, int depth)
    {
        foreach (var (_, file) in AnswerFiles.In(folder, pattern, depth))
        {
            AddFile(hash, file);
        }
    }

    private static void AddFile(IncrementalHash hash, FileInfo file) =>
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"));

    // With its length, so that no two lists of texts run together into the same bytes.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}

/// <summary>Lists the files of a folder that decide a server's answers: its program's or its model's.</summary>
internal static class AnswerFiles
{
    /// <summary>Most files of a folder. A package has a dozen; more than this is a mistaken path, which would take minutes to look through.</summary>
    public const int Most = 10_000;

    /// <summary>The files below a folder, by their names relative to it, ordinal.</summary>
    /// <param name="folder">None where it does not exist: the server says itself what it misses.</param>
    /// <param name="pattern">Such as <c>*.dll</c>.</param>
    /// <param name="depth">How many folders down to look. Hidden ones, such as a clone's <c>.git</c>, are left out.</param>
    /// <exception cref="ClientException">There are more than <see cref="Most"/>.</exception>
    public static IReadOnlyList<(string Name, FileInfo File)> In(DirectoryInfo folder, string pattern, int depth)
    {
        var how = new EnumerationOptions { RecurseSubdirectories = depth > 0, MaxRecursionDepth = depth };
        List<(string Name, FileInfo File)> files = folder.Exists
            ? [.. folder.EnumerateFiles(pattern, how).Take(Most + 1).Select(file => (Path.GetRelativePath(folder.FullName, file.FullName), file))]
            : [];
        if (files.Count > Most)
        {
            throw new ClientException(
                ClientFault.InvalidOption, FormattableString.Invariant($"The folder '{folder.FullName}' holds more than {Most} files, as no model package does. Name the package's own folder."));
        }

        files.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return files;
    }
}

/// <summary>What of the caller's environment a local server gets to see.</summary>
internal static class ServerEnvironment
{
    private const string SettingsPrefix = "VALUEIMPRINT_SERVE_";

    // With these a server would listen elsewhere than on its socket, or load code of the build that started it.
    private static readonly string[] _leftOut =
        ["KESTREL__", "ASPNETCORE_", "DOTNET_URLS", "DOTNET_STARTUP_HOOKS", "URLS", "MSBUILD", "VALUEIMPRINT_SERVE_LISTEN", "VALUEIMPRINT_SERVE_HEALTH_LISTEN"];

    /// <summary>The server's own settings among the variables, ascending by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings(IReadOnlyDictionary<string, string> environment) =>
        Of(environment).Where(static variable => variable.Key.StartsWith(SettingsPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static variable => variable.Key, StringComparer.Ordinal);

    /// <summary>The variables to pass on.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(static variable => !Array.Exists(_leftOut, prefix => variable.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
