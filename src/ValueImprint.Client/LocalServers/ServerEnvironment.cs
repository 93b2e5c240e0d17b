namespace ValueImprint.Client.LocalServers;

/// <summary>What of the caller's environment a local server gets to see.</summary>
internal static class ServerEnvironment
{
    private const string SettingsPrefix = "VALUEIMPRINT__";

    // With these a server would listen elsewhere than on its socket, or load code of the build that started it.
    private static readonly string[] _leftOut =
        ["KESTREL__", "ASPNETCORE_", "DOTNET_URLS", "DOTNET_STARTUP_HOOKS", "URLS", "MSBUILD", "VALUEIMPRINT__LISTEN", "VALUEIMPRINT__HEALTHLISTEN"];

    /// <summary>The server's own settings among the variables, ascending by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings(IReadOnlyDictionary<string, string> environment) =>
        Of(environment).Where(static variable => variable.Key.StartsWith(SettingsPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static variable => variable.Key, StringComparer.Ordinal);

    /// <summary>The variables to pass on.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(static variable => !Array.Exists(_leftOut, prefix => variable.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
