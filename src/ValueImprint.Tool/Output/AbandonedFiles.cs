namespace ValueImprint.Tool.Output;

/// <summary>
/// The unfinished files beside a file's name, <c>.NAME.GUID.tmp</c>. Whoever writes one keeps it open and locked; one that can be locked
/// was left by a tool that was killed.
/// </summary>
internal static class AbandonedFiles
{
    private const string Ending = ".tmp";

    /// <summary>A name that no other file has.</summary>
    /// <param name="target">Full path of the file that it will become.</param>
    public static string NewName(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $"{Start(target)}{Guid.NewGuid():N}{Ending}"); // A file's path has a folder.

    /// <summary>Removes what nobody writes any more.</summary>
    /// <param name="target">Full path of the file that they were to become; its folder is there.</param>
    public static void Remove(string target)
    {
        var start = Start(target);
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!).Where(file => IsUnfinished(Path.GetFileName(file), start)))
            {
                TryRemove(file);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // A folder may be written to and not listed; then nothing can be found either.
        }
    }

    private static bool IsUnfinished(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal)
        && name.EndsWith(Ending, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(start.Length, Math.Max(0, name.Length - start.Length - Ending.Length)), "N", out _);

    private static void TryRemove(string file)
    {
        try
        {
            using var locked = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody is writing it, or it is another user's.
        }
    }

    private static string Start(string target) => $".{Path.GetFileName(target)}.";
}
