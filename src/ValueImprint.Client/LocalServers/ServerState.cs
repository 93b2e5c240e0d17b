using System.Text.Json;
using System.Text.Json.Serialization;

namespace ValueImprint.Client.LocalServers;

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
