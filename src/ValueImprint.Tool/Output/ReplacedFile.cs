using ValueImprint.Core.Diagnostics;
using ValueImprint.Tool.Failures;

namespace ValueImprint.Tool.Output;

/// <summary>
/// A file that is written beside its name and moved there when it is complete: a reader sees the old content or the new, also when the
/// tool is stopped half way. Devices such as <c>/dev/null</c> are written as they are.
/// </summary>
internal sealed class ReplacedFile : IAsyncDisposable
{
    private readonly string _target;
    private readonly string? _temporary;

    private ReplacedFile(string path, string target)
    {
        (Path, _target) = (path, target);
        _temporary = IsDevice(target) ? null : AbandonedFiles.NewName(target);
        Stream = _temporary is null
            ? new FileStream(target, FileMode.Open, FileAccess.Write)
            : new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>As it was named.</summary>
    public string Path { get; }

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file, or ends the verb with a message that names it. A symbolic link keeps pointing where it points.</summary>
    public static ReplacedFile Create(string path)
    {
        var target = Target(path);
        if (!IsDevice(target))
        {
            RefuseFolder(path, target);
            AbandonedFiles.Remove(target);
        }

        try
        {
            return new ReplacedFile(path, target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without the temporary file's name, which nobody asked for.
            throw Refused(path, failure is UnauthorizedAccessException ? "access is denied" : failure.Message.Split(" : '")[0].TrimEnd('.'));
        }
    }

    /// <summary>The file that a path leads to: what is compared where two options must not name the same one.</summary>
    public static string Target(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return !IsDevice(full) && File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
        }
        catch (IOException)
        {
            return full; // Links that lead round in a circle: writing says so.
        }
    }

    /// <summary>Writes the whole content and gives the file its name.</summary>
    public async Task CompleteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await Stream.WriteAsync(content, cancellation);
        await CompleteAsync(cancellation);
    }

    /// <summary>Gives the file its name.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await Stream.DisposeAsync();
        cancellation.ThrowIfCancellationRequested();
        if (_temporary is not null)
        {
            File.Move(_temporary, _target, overwrite: true);
        }
    }

    /// <summary>Removes what is not complete.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync();
        }
        finally
        {
            if (_temporary is not null)
            {
                File.Delete(_temporary);
            }
        }
    }

    /// <summary>Whether a path is written as it is; <c>/dev/shm</c> is a folder like any other.</summary>
    public static bool IsDevice(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
        || path.StartsWith("/proc/", StringComparison.Ordinal);

    // Said before the long work: giving the file its name would fail at the end of it.
    private static void RefuseFolder(string path, string target)
    {
        if (Directory.Exists(target))
        {
            throw Refused(path, "it is a folder");
        }

        if (System.IO.Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw Refused(path, $"there is no folder '{folder}'");
        }
    }

    private static ToolException Refused(string path, string why) => new(
        DiagnosticCatalogue.InvalidCommandLine, $"Nothing can be written here: {why}. Name a file in a folder that you may write to.", path);
}

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
