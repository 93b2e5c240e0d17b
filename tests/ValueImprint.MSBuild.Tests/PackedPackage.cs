using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

[assembly: AssemblyFixture(typeof(ValueImprint.MSBuild.Tests.PackedPackage))]

namespace ValueImprint.MSBuild.Tests;

/// <summary>Packs ValueImprint.MSBuild once for all tests into a source of its own, with a package cache of its own.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("valueimprint-msbuild-").FullName;

    public const string Version = "1.0.0-test";

    public string Source => Path.Combine(_folder, "source");

    public string File => Path.Combine(Source, $"ValueImprint.MSBuild.{Version}.nupkg");

    /// <summary>Keeps the machine's package cache and the user's local servers out of the tests, and the tests out of them.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
        ["XDG_RUNTIME_DIR"] = RuntimeFolder,
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    public string RuntimeFolder => Path.Combine(_folder, "run");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(RuntimeFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";
        var result = await DotnetCommand.RunAsync(
            RepositoryRoot.File("src/ValueImprint.MSBuild"),
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" },
            ["pack", "--no-build", "-c", configuration, "-o", Source, $"-p:PackageVersion={Version}", "-nologo"],
            CancellationToken.None);
        result.Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
