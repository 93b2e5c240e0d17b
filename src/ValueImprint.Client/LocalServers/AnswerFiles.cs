using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Client.LocalServers;

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
