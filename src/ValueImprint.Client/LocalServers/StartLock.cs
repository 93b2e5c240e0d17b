using ValueImprint.Core.Estimation;

namespace ValueImprint.Client.LocalServers;

/// <summary>At most one process of a user starts or stops a given server. The system frees the lock when its holder dies.</summary>
internal static class StartLock
{
    /// <summary>The lock, or null while another process has it.</summary>
    /// <exception cref="UnauthorizedAccessException">The file can't be made.</exception>
    public static FileStream? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            // The file is left behind: whoever deleted it could take away a lock that another process has just opened.
            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
