using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ValueImprint.LocalServer;

/// <summary>Ends a server's process: first by asking, then by force.</summary>
internal static partial class ProcessEnd
{
    private const int Terminate = 15;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan _afterKill = TimeSpan.FromSeconds(5);

    /// <summary>Asks the process to end, waits, and kills it after the limit.</summary>
    public static async Task<StopOutcome> StopAsync(ServerState state, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        if (!state.IsAlive)
        {
            return StopOutcome.NotRunning;
        }

        // Windows has no such signal for a process without a console; there the limit is of no use.
        if (!OperatingSystem.IsWindows() && kill(state.Pid, Terminate) == 0 && await EndsAsync(state, limit, clock, ct).ConfigureAwait(false))
        {
            return StopOutcome.Ended;
        }

        Kill(state);
        await EndsAsync(state, _afterKill, clock, ct).ConfigureAwait(false);
        return StopOutcome.Killed;
    }

    /// <summary>Kills the process at once, if it still runs.</summary>
    public static void Kill(ServerState state)
    {
        try
        {
            if (state.IsAlive)
            {
                using var process = Process.GetProcessById(state.Pid);
                process.Kill();
            }
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended in this moment.
        }
    }

    private static async Task<bool> EndsAsync(ServerState state, TimeSpan limit, TimeProvider clock, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (state.IsAlive)
        {
            if (clock.GetElapsedTime(began) > limit)
            {
                return false;
            }

            await Task.Delay(_look, clock, ct).ConfigureAwait(false);
        }

        return true;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);
}
