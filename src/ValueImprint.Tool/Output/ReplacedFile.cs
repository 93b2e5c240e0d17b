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
