using System.IO.Compression;

namespace ValueImprint.MSBuild.Tests;

public sealed class TemplateTests(PackedPackage package)
{
    [Fact]
    public async Task NewProject_PacksAfterTheThinValueIsCovered()
    {
        using var project = new TemplateProject(package);
        await project.CreateAsync();

        (await project.PackAsync()).Failed().Says("policy.yml(").Says("error VI1001").Says("Justice");
        File.Copy(
            RepositoryRoot.File("src/ValueImprint.Templates/content/valueimprint-dataset/data/justice.jsonl"),
            Path.Combine(project.Folder, "data", "more.jsonl"));

        (await project.PackAsync()).Succeeded();
    }

    [Fact]
    public async Task NewProject_CoveredStarter_PacksAtOnce()
    {
        using var project = new TemplateProject(package);
        await project.CreateAsync("--starter", "covered");

        (await project.PackAsync()).Succeeded();

        Assert.True(File.Exists(Path.Combine(project.Folder, ".github", "workflows", "dataset.yml")));
    }

    [Fact]
    public async Task NewProject_CentralVersionsAndArtifactsOutput_Packs()
    {
        using var project = new TemplateProject(package);
        project.WriteAbove("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        project.WriteAbove("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
        await project.CreateAsync("--starter", "covered");

        (await project.PackAsync()).Succeeded();

        using var packed = ZipFile.OpenRead(Directory.GetFiles(project.Above, "MyPreferences.*.nupkg", SearchOption.AllDirectories).Single());
        Assert.NotNull(packed.GetEntry("valueimprint/imprint.md"));
        Assert.NotNull(packed.GetEntry("data/preferences.jsonl"));
    }

    [Fact]
    public void Template_Version_IsTheProducts()
    {
        var props = File.ReadAllText(RepositoryRoot.File("src/Directory.Build.props"));
        var version = props.Split("<Version>")[1].Split("</Version>")[0];

        var template = File.ReadAllText(RepositoryRoot.File("src/ValueImprint.Templates/content/valueimprint-dataset/.template.config/template.json"));

        Assert.Contains($"\"defaultValue\": \"{version}\"", template, StringComparison.Ordinal);
    }
}
