namespace ValueImprint.Client.LocalServers;

/// <summary>The files of one local server in the run folder.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Key">See <see cref="ServerKey"/>.</param>
internal sealed record ServerFiles(string Folder, string Key)
{
    private const string StateEnding = ".json";

    public string Socket => Path.Combine(Folder, Key + ".sock");

    public string State => Path.Combine(Folder, Key + StateEnding);

    public string Log => Path.Combine(Folder, Key + ".log");

    /// <summary>Held while a server is started or stopped. Not the socket's own <c>.lock</c>, which the server holds while it lives.</summary>
    public string StartLock => Path.Combine(Folder, Key + ".start");

    /// <summary>All servers that left a state in the folder.</summary>
    public static IEnumerable<ServerFiles> In(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + StateEnding).Order(StringComparer.Ordinal)
            .Select(file => new ServerFiles(folder, Path.GetFileNameWithoutExtension(file)))
        : [];
}
