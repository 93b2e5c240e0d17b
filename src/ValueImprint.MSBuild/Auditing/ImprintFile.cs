using Microsoft.Build.Utilities;
using ValueImprint.Core.Imprints;
using ValueImprint.MSBuild.Surface;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>Reads and writes imprints.</summary>
internal static class ImprintFile
{
    /// <summary>The imprint; <see langword="null"/>, with errors logged, where the file is none.</summary>
    public static Imprint? Read(string path, TaskLoggingHelper log)
    {
        using var stream = File.OpenRead(path);
        _ = ImprintReader.TryRead(stream, path, out var imprint, out var problems);
        log.Report(problems);
        return imprint;
    }

    /// <summary>Puts the whole imprint in place, or nothing.</summary>
    public static void Write(string path, Imprint imprint)
    {
        var unfinished = path + ".unfinished";
        using (var stream = File.Create(unfinished))
        {
            ImprintWriter.Write(imprint, stream);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
