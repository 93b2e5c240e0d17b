using System.Runtime.InteropServices;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.LocalServer;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Connections;

/// <summary>Starts this very program as the local server.</summary>
internal static class LocalServers
{
    /// <summary>The verb that makes this program the server.</summary>
    public const string ServeVerb = "serve";

    /// <summary>The local server of this version with the built-in model.</summary>
    public static LocalServerOptions Options(ToolConsole console) => new()
    {
        Command = Command(),
        Environment = console.Environment,
        Version = ToolVersion.Full,
    };

    // The shim of an installed tool stays the same when the tool is updated; the assembly behind it tells one build from another.
    private static LocalServerCommand Command()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, typeof(LocalServers).Assembly.GetName().Name + ".dll");
        return Muxer() is { } dotnet && File.Exists(assembly)
            ? new LocalServerCommand(dotnet, [assembly, ServeVerb])
            : new LocalServerCommand(Environment.ProcessPath ?? throw new InvalidOperationException("The process has no path."), [ServeVerb]);
    }

    // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/ lies three levels below the dotnet that started us.
    private static string? Muxer()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet) ? dotnet : null;
    }
}
