using System.IO.Compression;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>What a user downloads: packed and published as the documents say, installed from a folder that holds nothing else.</summary>
public sealed class DeploymentTests(DeploymentTests.Deployment deployment) : IClassFixture<DeploymentTests.Deployment>
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData("linux-x64", "libonnxruntime.so")]
    [InlineData("linux-arm64", "libonnxruntime.so")]
    [InlineData("win-x64", "onnxruntime.dll")]
    [InlineData("win-arm64", "onnxruntime.dll")]
    [InlineData("osx-arm64", "libonnxruntime.dylib")]
    public void Tool_OfEachPlatform_HoldsItsRuntimeAloneAndIsSmall(string platform, string runtime)
    {
        var package = deployment.ToolPackage(platform);

        using var archive = ZipFile.OpenRead(package);
        string[] names = [.. archive.Entries.Select(static entry => entry.Name)];
        string[] runtimes = ["libonnxruntime.so", "onnxruntime.dll", "libonnxruntime.dylib"];
        Assert.Equal([runtime], names.Where(name => runtimes.Contains(name)));
        Assert.DoesNotContain(names, static name => name.EndsWith(".aar", StringComparison.Ordinal) || name.EndsWith(".xcframework.zip", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(package).Length, 1, 60 * Mebibyte);
    }

    [Fact]
    public async Task Tool_InstalledFromAFolder_Classifies()
    {
        await using var tool = new ToolEnvironment();
        var variables = new Dictionary<string, string>(tool.Variables) { ["NUGET_PACKAGES"] = tool.File("packages") };
        var installed = await CommandRun.Of(
            "dotnet", ["tool", "install", "ValueImprint.Tool", "--tool-path", tool.File("bin"), "--source", deployment.ToolFolder], variables);
        installed.Exits(0);
        var command = Path.Combine(tool.File("bin"), "valueimprint");

        var run = await CommandRun.Of(command, ["classify", "You should always tell the truth."], variables);

        run.Exits(0);
        Assert.Contains("%", run.Output, StringComparison.Ordinal);
        (await CommandRun.Of(command, ["server", "stop"], variables)).Exits(0);
    }

    [Fact]
    public void Server_Published_CarriesCudaAndIsWithinItsLimit()
    {
        var files = new DirectoryInfo(deployment.ServerFolder).GetFiles("*", SearchOption.AllDirectories);

        Assert.Contains(files, static file => file.Name == "libonnxruntime_providers_cuda.so");
        Assert.Contains(files, static file => file.Name == "libonnxruntime.so");
        Assert.DoesNotContain(files, static file => file.Extension == ".lib" || file.Name == "onnxruntime.dll");
        Assert.InRange(files.Sum(static file => file.Length), 1, 350 * Mebibyte);
    }

    /// <summary>Packs the tool and publishes the server, once for all tests.</summary>
    public sealed class Deployment : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("vi-deployment-").FullName;

        public string ToolFolder => Path.Combine(_folder, "tool");

        public string ServerFolder => Path.Combine(_folder, "server");

        public string ToolPackage(string platform) => Assert.Single(Directory.GetFiles(ToolFolder, $"ValueImprint.Tool.{platform}.*.nupkg"));

        public async ValueTask InitializeAsync()
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";
            var variables = new Dictionary<string, string> { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1" };
            var pack = await CommandRun.Of(
                "dotnet", ["pack", RepositoryRoot.File("src/ValueImprint.Tool"), "--no-restore", "-c", configuration, "-o", ToolFolder, "-nologo"], variables);
            pack.Exits(0);
            var publish = await CommandRun.Of(
                "dotnet",
                ["publish", RepositoryRoot.File("src/ValueImprint.Server"), "-c", configuration, "-r", "linux-x64", "--no-self-contained", "-o", ServerFolder, "-nologo"],
                variables);
            publish.Exits(0);
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
