[assembly: AssemblyFixture(typeof(ValueImprint.Tool.Tests.Running.LocalServerFixture))]

namespace ValueImprint.Tool.Tests.Running;

/// <summary>A run folder of the tests' own, so that they share one local server with each other and none with the developer.</summary>
public sealed class LocalServerFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vi-run-").FullName;

    public LocalServerFixture()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(static entry => !((string)entry.Key).StartsWith("VALUEIMPRINT_", StringComparison.Ordinal))
            .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "");
        environment["XDG_RUNTIME_DIR"] = _folder;
        Environment = environment;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The environment of every run that may need the server.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    internal ToolSetup Setup => new() { Environment = Environment };

    public async ValueTask DisposeAsync()
    {
        await Setup.RunAsync("server", "stop");
        Directory.Delete(_folder, recursive: true);
    }
}
