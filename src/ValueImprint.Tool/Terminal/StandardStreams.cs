using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ValueImprint.Tool.Terminal;

/// <summary>Opens the process's standard streams. One that the caller has closed is empty, or takes what is written to nowhere.</summary>
internal static partial class StandardStreams
{
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>Standard input.</summary>
    public static Stream OpenInput() => IsClosed(0) ? Stream.Null : new InputStream(Console.OpenStandardInput());

    /// <summary>Standard output, so that a reader who left can be noticed.</summary>
    public static Stream OpenOutput()
    {
        // .NET's console stream drops what it can't write to a broken pipe without a word. A FileStream on the pipe reports it; on a
        // file it would keep an offset of its own and overwrite what another process appends, so files stay with the console stream.
        if (IsClosed(1))
        {
            return Stream.Null;
        }

        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }

            pipe.Dispose();
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>Standard error, a line at a time.</summary>
    public static StreamWriter OpenError() =>
        new(IsClosed(2) ? Stream.Null : Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };

    // The number of a closed descriptor goes to the next file that the process opens: the runtime's own, whose end would be waited for or
    // that would be written into. It opens all of its files to be closed on exec, which an inherited descriptor can't be.
    private static bool IsClosed(int descriptor) =>
        !OperatingSystem.IsWindows() && fcntl(descriptor, GetFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fcntl(int descriptor, int command);
}
