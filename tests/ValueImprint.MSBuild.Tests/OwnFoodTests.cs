using System.IO.Compression;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.MSBuild.Tests;

public sealed class OwnFoodTests(PackedPackage package)
{
    [Fact]
    public async Task SampleDataset_PackedFromThisRepository_IsGatedAndCarriesItsImprint()
    {
        var output = Directory.CreateTempSubdirectory("valueimprint-sample-").FullName;
        try
        {
            var environment = new Dictionary<string, string>(package.Environment);
            environment.Remove("NUGET_PACKAGES"); // The sample is restored with the solution.
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";
            var sample = RepositoryRoot.File("tools/sample");
            (await DotnetCommand.RunAsync(
                sample, environment, ["pack", "--no-build", "-c", configuration, "-o", output, "-nologo"], TestContext.Current.CancellationToken)).Succeeded();

            using var archive = ZipFile.OpenRead(Directory.GetFiles(output, "*.nupkg").Single());
            Assert.NotNull(archive.GetEntry("valueimprint/imprint.json"));
            Assert.NotNull(archive.GetEntry("data/preferences.jsonl"));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
