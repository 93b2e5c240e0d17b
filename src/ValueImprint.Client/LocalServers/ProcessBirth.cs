using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ValueImprint.Client.LocalServers;

/// <summary>Process numbers are used again; with its time of birth a process is known for certain.</summary>
internal static class ProcessBirth
{
    /// <summary>A text that no other process has; null when there is no such process, or only its remains.</summary>
    public static string? Of(int pid)
    {
        UnixSpawn.Reap();
        return OperatingSystem.IsLinux() ? OnLinux(pid) : Elsewhere(pid);
    }

    // Ticks since boot don't move when the clock is set, as Process.StartTime does.
    private static string? OnLinux(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // proc(5): the name may hold spaces and brackets.
            var (state, started) = (fields[0], fields[19]);
            return state is "Z" or "X" ? null : $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{started}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Elsewhere(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
