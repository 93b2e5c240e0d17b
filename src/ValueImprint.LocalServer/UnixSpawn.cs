using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ValueImprint.LocalServer;

/// <summary>
/// Starts detached processes by <c>posix_spawn</c>. <see cref="System.Diagnostics.Process"/> can neither open a new session nor send
/// output to a file, and the programs that could (<c>setsid</c>, a shell) are not on every system.
/// </summary>
internal static unsafe partial class UnixSpawn
{
    // Room for posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t of any C library (glibc's largest has 336 bytes).
    private const int Opaque = 1024;

    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int NoHang = 1;

    // Signals that a parent may ignore or block: SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM have these numbers everywhere.
    private static readonly int[] _reset = [1, 2, 3, 13, 15];

    private static readonly ConcurrentDictionary<int, byte> _children = new();

    private static short NewSession => (short)(OperatingSystem.IsMacOS() ? 0x0400 : 0x80);

    // macOS closes every handle that isn't named.
    private static short CloseByDefault => (short)(OperatingSystem.IsMacOS() ? 0x4000 : 0);

    private static int Append => OperatingSystem.IsMacOS() ? 0x8 : 0x400;

    public static int Start(DetachedProcess process)
    {
        var attributes = stackalloc byte[Opaque];
        var actions = stackalloc byte[Opaque];
        Check(posix_spawnattr_init(attributes), process);
        try
        {
            Check(posix_spawn_file_actions_init(actions), process);
            try
            {
                SetAttributes(attributes, process);
                SetActions(actions, process);
                using var argv = new StringVector([process.Executable, .. process.Arguments]);
                using var envp = new StringVector([.. process.Environment.Select(static variable => $"{variable.Key}={variable.Value}")]);
                Check(posix_spawn(out var pid, process.Executable, actions, attributes, argv.Pointer, envp.Pointer), process);
                _children[pid] = 0;
                return pid;
            }
            finally
            {
                _ = posix_spawn_file_actions_destroy(actions);
            }
        }
        finally
        {
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>
    /// Clears away children that have ended. A build node may live for hours, and an ended child of it would be listed for as long.
    /// </summary>
    public static void Reap()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var (pid, _) in _children)
        {
            // 0: still running. -1: somebody else has cleared it away.
            if (waitpid(pid, out _, NoHang) != 0)
            {
                _children.TryRemove(pid, out _);
            }
        }
    }

    private static void SetAttributes(byte* attributes, DetachedProcess process)
    {
        var signals = stackalloc byte[Opaque];
        Check(posix_spawnattr_setflags(attributes, (short)(NewSession | CloseByDefault | SetSignalDefaults | SetSignalMask)), process);
        _ = sigemptyset(signals);
        Check(posix_spawnattr_setsigmask(attributes, signals), process);
        foreach (var signal in _reset)
        {
            _ = sigaddset(signals, signal);
        }

        Check(posix_spawnattr_setsigdefault(attributes, signals), process);
    }

    private static void SetActions(byte* actions, DetachedProcess process)
    {
        Check(posix_spawn_file_actions_addopen(actions, 0, "/dev/null", ReadOnly, 0), process);
        Check(posix_spawn_file_actions_addopen(actions, 1, process.OutputFile, WriteOnly | Append, 0), process);
        Check(posix_spawn_file_actions_adddup2(actions, 1, 2), process);
        foreach (var handle in OpenHandles())
        {
            Check(posix_spawn_file_actions_addclose(actions, handle), process);
        }

        try
        {
            Check(posix_spawn_file_actions_addchdir_np(actions, process.Folder), process);
        }
        catch (EntryPointNotFoundException)
        {
            // C libraries before 2019 lack it; the server does not depend on its folder.
        }
    }

    // .NET's own handles close by themselves. What this process was given at its own start, such as a pipe of the shell or the build that
    // called it, does not; and all of these are open already.
    private static int[] OpenHandles()
    {
        const string folder = "/proc/self/fd";
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFileSystemEntries(folder)
                .Select(static entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)).Where(static handle => handle > 2)]
            : [];
    }

    private static void Check(int error, DetachedProcess process)
    {
        if (error != 0)
        {
            throw new Win32Exception(error, $"{process.Executable} can't be started: {new Win32Exception(error).Message}");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, byte* actions, byte* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int handle, string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addclose(byte* actions, int handle);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport("libc")]
    private static partial int sigaddset(byte* signals, int signal);

    [LibraryImport("libc")]
    private static partial int waitpid(int pid, out int status, int options);

    /// <summary>A zero-ended array of zero-ended UTF-8 texts.</summary>
    private sealed class StringVector : IDisposable
    {
        private readonly nint[] _texts;

        public StringVector(string[] texts)
        {
            _texts = [.. texts.Select(static text => Marshal.StringToCoTaskMemUTF8(text))];
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_texts.Length + 1, (nuint)sizeof(byte*));
            for (var i = 0; i < _texts.Length; i++)
            {
                Pointer[i] = (byte*)_texts[i];
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            NativeMemory.Free(Pointer);
            foreach (var text in _texts)
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }
}
