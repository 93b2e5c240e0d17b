using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ValueImprint.LocalServer;

/// <summary>What is kept on disk about a started server.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Birth">Tells the process from a later one with the same number; see <see cref="ProcessBirth"/>.</param>
/// <param name="Version">The product's version.</param>
/// <param name="Model">Folder of its model package; null: the built-in one.</param>
/// <param name="Started">When it was started.</param>
/// <param name="IsReady">Whether it was seen to answer: a server listens before its model is loaded.</param>
internal sealed record ServerState(int Pid, string Birth, string Version, string? Model, DateTimeOffset Started, bool IsReady = false)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Whether the process still runs.</summary>
    [JsonIgnore]
    public bool IsAlive => ProcessBirth.Of(Pid) == Birth;

    /// <summary>The state, or null where there is none or it can't be read: then the socket alone tells.</summary>
    public static ServerState? Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            return info.Exists && info.Length <= MostBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file), ServerStateJson.Default.ServerState)
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string file)
    {
        // By way of a second file: a reader must never see half a state.
        var fresh = file + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, ServerStateJson.Default.ServerState));
        File.Move(fresh, file, overwrite: true);
    }
}

/// <summary>Serialisation without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerState))]
internal sealed partial class ServerStateJson : JsonSerializerContext;

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
