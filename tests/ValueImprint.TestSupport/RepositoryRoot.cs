using System.Runtime.CompilerServices;

namespace ValueImprint.TestSupport;

/// <summary>The folder that holds the solution.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <param name="relative">From the root, with forward slashes.</param>
    public static string File(string relative) => System.IO.Path.Combine(Path, relative);

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = System.IO.Path.GetDirectoryName(here);
        while (folder is not null && !System.IO.File.Exists(System.IO.Path.Combine(folder, "ValueImprint.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No ValueImprint.sln above {here}.");
    }
}
