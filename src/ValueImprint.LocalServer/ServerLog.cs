using System.Text;
using ValueImprint.Core.Estimation;

namespace ValueImprint.LocalServer;

/// <summary>The file that a local server's output goes to: bounded, one older one is kept.</summary>
internal static class ServerLog
{
    /// <summary>Size from which the file is set aside before the next start.</summary>
    public const long MostBytes = 1024 * 1024;

    private const int TailBytes = 4096;
    private const int TailLines = 15;

    /// <summary>Makes the file, or makes room in it.</summary>
    public static void Prepare(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > MostBytes })
        {
            File.Move(file, file + ".old", overwrite: true);
        }

        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var created = new FileStream(file, options);
    }

    /// <summary>Empties the file of a running server that wrote too much; it appends, so that it goes on at the new end.</summary>
    public static void Bound(string file)
    {
        if (new FileInfo(file) is not { Exists: true, Length: > 4 * MostBytes })
        {
            return;
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.SetLength(0);
        }
        catch (IOException)
        {
            // Another process is at it.
        }
    }

    /// <summary>The last lines, each indented; empty where there are none.</summary>
    /// <param name="file">The log.</param>
    /// <param name="from">Bytes at the beginning that belong to earlier servers.</param>
    public static string Tail(string file, long from)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = Math.Max(Math.Min(from, stream.Length), stream.Length - TailBytes);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return string.Concat(lines.TakeLast(TailLines).Select(static line => Environment.NewLine + "  " + line));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Size in bytes, 0 where there is none.</summary>
    public static long Length(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
