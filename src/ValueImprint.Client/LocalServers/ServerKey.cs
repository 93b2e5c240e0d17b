using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ValueImprint.Client.LocalServers;

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
