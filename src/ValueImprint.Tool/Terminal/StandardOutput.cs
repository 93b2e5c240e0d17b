using Microsoft.Win32.SafeHandles;

namespace ValueImprint.Tool.Terminal;

/// <summary>Opens standard output so that a reader who left can be noticed.</summary>
internal static class StandardOutput
{
    // .NET's console stream drops what it can't write to a broken pipe without a word. A FileStream on the pipe reports it; on a
    // file it would keep an offset of its own and overwrite what another process appends, so files stay with the console stream.
    public static Stream Open()
    {
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
}
