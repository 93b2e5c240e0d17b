using System.IO.Compression;
using System.Text.Json;
using ValueImprint.Core.Imprints;

namespace ValueImprint.MSBuild.Tests;

public sealed class PackTests(PackedPackage package)
{
    [Fact]
    public async Task Pack_CoveredDataset_PacksTheImprintAndItsSummary()
    {
        using var project = Create("wisdom", "2%");

        (await project.PackAsync()).Succeeded();

        var files = project.PackedFiles();
        Assert.Contains("data/preferences.jsonl", files.Keys);
        Assert.Contains("Justice", files["valueimprint/imprint.md"], StringComparison.Ordinal);
        Assert.Contains("by `policy.yml`", files["valueimprint/imprint.md"], StringComparison.Ordinal);
        using var imprint = JsonDocument.Parse(files["valueimprint/imprint.json"]);
        Assert.Equal(100, imprint.RootElement.GetProperty("rows").GetProperty("read").GetInt64());
    }

    [Fact]
    public void Package_ForFivePlatforms_IsWithinItsLimit()
    {
        using var archive = ZipFile.OpenRead(package.File);
        var runtimes = archive.Entries.Select(static entry => entry.FullName)
            .Where(static name => name.StartsWith("tools/valueimprint/runtimes/", StringComparison.Ordinal) && name.Contains("onnxruntime.", StringComparison.Ordinal));

        Assert.Equal(
            ["linux-arm64", "linux-x64", "osx-arm64", "win-arm64", "win-x64"],
            runtimes.Select(static name => name.Split('/')[3]).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(new FileInfo(package.File).Length, 1, 100L << 20);
    }

    [Fact]
    public async Task Pack_ThinValue_FailsAtTheRulesLineAndLeavesNoPackage()
    {
        using var project = Create("justice", "60%");

        var result = await project.PackAsync();

        result.Failed().Says("policy.yml(4,").Says("error VI1001").DoesNotSay("   at ValueImprint");
        Assert.Empty(Directory.GetFiles(project.Folder, "*.nupkg", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Pack_ThinValueAtLevelWarning_WarnsAndPacks()
    {
        using var project = Create("justice", "60%", "warning");

        (await project.PackAsync()).Succeeded().Says("warning VI1001");

        Assert.Contains("valueimprint/imprint.json", project.PackedFiles().Keys);
    }

    [Fact]
    public async Task Pack_ThinValueAtLevelWarningWithWarningsAsErrors_Fails()
    {
        using var project = Create("justice", "60%", "warning");

        (await project.PackAsync("-warnaserror")).Failed().Says("VI1001");
    }

    [Fact]
    public async Task Pack_AfterAddingRows_Passes()
    {
        using var project = Create("wisdom", "15%");
        project.WriteSampleRows(100, "empathy");
        (await project.PackAsync()).Failed().Says("VI1001");

        project.WriteSampleRows();

        (await project.PackAsync()).Succeeded();
    }

    [Fact]
    public async Task Pack_PropertiesOfDirectoryBuildTargets_AreReadLast()
    {
        using var project = Create("wisdom", "2%");
        project.Write("strict.yml", "policy: 1\ntaxonomy: value-imprint\ncoverage:\n  - value: justice\n    scope: chosen\n    minimum: 60%\n");
        project.Write(
            "Directory.Build.targets",
            "<Project><PropertyGroup><ValueImprintPolicyFile>$(MSBuildThisFileDirectory)strict.yml</ValueImprintPolicyFile></PropertyGroup></Project>");
        (await project.PackAsync()).Failed().Says("strict.yml(4,").Says("error VI1001");

        project.Write(
            "Directory.Build.targets", "<Project><PropertyGroup><ValueImprintSkip>true</ValueImprintSkip></PropertyGroup></Project>");

        (await project.PackAsync()).Succeeded().Says("ValueImprintSkip is set");
    }

    [Fact]
    public async Task Publish_GateOnPack_SaysThatNothingWasGated()
    {
        using var project = Create("justice", "60%");

        (await project.DotnetAsync("publish", "-nologo")).Succeeded().Says("published without a gate");
    }

    [Fact]
    public async Task Pack_GateOnNone_PacksWithoutAudit()
    {
        using var project = Create("justice", "60%");

        (await project.PackAsync("-p:ValueImprintGateOn=none")).Succeeded();

        Assert.DoesNotContain("valueimprint/imprint.json", project.PackedFiles().Keys);
    }

    [Fact]
    public async Task Pack_Skip_SaysSoAndPacks()
    {
        using var project = Create("justice", "60%");

        (await project.PackAsync("-p:ValueImprintSkip=true")).Succeeded().Says("ValueImprintSkip is set");
    }

    [Fact]
    public async Task Pack_PathWithSpacesAndNonAscii_Works()
    {
        using var project = new DatasetProject(package, name: "Großer Datensatz é 値", body: DatasetProject.Datasets);
        project.WriteSampleRows();
        project.WritePolicy("wisdom", "2%");

        (await project.PackAsync()).Succeeded();

        Assert.Contains("valueimprint/imprint.json", project.PackedFiles().Keys);
    }

    [Fact]
    public async Task Pack_GermanCulture_ReadsAndPrintsInvariantNumbers()
    {
        using var project = Create("justice", "60.5%");

        var result = await project.DotnetAsync(
            new Dictionary<string, string> { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8" }, "pack", "-nologo");

        result.Failed().Says("VI1001").Says("60.5").DoesNotSay("60,5");
    }

    [Fact]
    public async Task Clean_AfterPack_RemovesTheImprint()
    {
        using var project = Create("wisdom", "2%");
        (await project.PackAsync()).Succeeded();
        Assert.True(File.Exists(project.Imprint));

        (await project.DotnetAsync("clean", "-c", "Release", "-nologo")).Succeeded();

        Assert.False(Directory.Exists(Path.GetDirectoryName(project.Imprint)));
    }

    private DatasetProject Create(string value, string minimum, string level = "error")
    {
        var project = new DatasetProject(package, body: DatasetProject.Datasets);
        project.WriteSampleRows();
        project.WritePolicy(value, minimum, level);
        return project;
    }
}
