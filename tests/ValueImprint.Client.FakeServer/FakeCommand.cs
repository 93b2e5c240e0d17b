using System.Collections;
using ValueImprint.LocalServer;

namespace ValueImprint.Client.FakeServer;

/// <summary>Options of a local server that start this program.</summary>
public static class FakeCommand
{
    /// <summary>Path of the program, beside whatever uses it.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ValueImprint.Client.FakeServer.dll");

    /// <summary>The host that runs it: the one that runs the tests.</summary>
    public static string Host { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? Environment.ProcessPath!
        : Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? RuntimeRoot(), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    public static IReadOnlyDictionary<string, string> Variables { get; } =
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static entry => (string)entry.Key, static entry => (string)entry.Value!);

    public static LocalServerOptions Options(string runFolder, IReadOnlyList<string>? arguments = null) => new()
    {
        Command = new LocalServerCommand(Host, [Program, "serve"]),
        Environment = Variables,
        Version = "1.0.0-test",
        RunFolder = runFolder,
        Arguments = arguments ?? [],
        StartTimeout = TimeSpan.FromSeconds(60),
    };

    // …/shared/Microsoft.NETCore.App/10.0.x/ lies three folders below the host.
    private static string RuntimeRoot() => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
