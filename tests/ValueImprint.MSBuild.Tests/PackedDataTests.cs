namespace ValueImprint.MSBuild.Tests;

/// <summary>What is packed is what was audited.</summary>
public sealed class PackedDataTests(PackedPackage package)
{
    [Fact]
    public async Task Pack_DatasetWithPackFalse_IsAuditedAndLeftOut()
    {
        using var project = Create("""<ItemGroup><ValueImprintDataset Include="data/*.jsonl" Pack="false" /></ItemGroup>""");

        (await project.PackAsync()).Succeeded();

        Assert.Contains("valueimprint/imprint.json", project.PackedFiles().Keys);
        Assert.DoesNotContain("data/preferences.jsonl", project.PackedFiles().Keys);
    }

    [Fact]
    public async Task Pack_DatasetOutsideTheProject_LiesUnderData()
    {
        using var project = Create("""<ItemGroup><ValueImprintDataset Include="../shared/**/*.jsonl" /></ItemGroup>""");
        Directory.CreateDirectory(Path.Combine(project.Folder, "..", "shared", "train"));
        File.Move(Path.Combine(project.Folder, "data", "preferences.jsonl"), Path.Combine(project.Folder, "..", "shared", "train", "a.jsonl"));

        (await project.PackAsync()).Succeeded();

        Assert.Contains("data/train/a.jsonl", project.PackedFiles().Keys);
    }

    [Fact]
    public async Task Pack_DatasetThatTheProjectPacksItself_StaysThereAlone()
    {
        using var project = Create(DatasetProject.Datasets + """<ItemGroup><None Include="data/**" Pack="true" PackagePath="sets" /></ItemGroup>""");

        (await project.PackAsync()).Succeeded().DoesNotSay("warning NU").DoesNotSay("VI3017");

        Assert.Contains("sets/preferences.jsonl", project.PackedFiles().Keys);
        Assert.DoesNotContain("data/preferences.jsonl", project.PackedFiles().Keys);
    }

    [Fact]
    public async Task Pack_DatasetChangedAfterItsAudit_IsAnErrorAndLeavesNoPackage()
    {
        using var project = Create(DatasetProject.Datasets + """
            <Target Name="Change" AfterTargets="_GetPackageFiles"><WriteLinesToFile File="data/preferences.jsonl" Lines="more" /></Target>
            """);

        (await project.PackAsync()).Failed().Says("error VI3017").Says("'preferences.jsonl'");

        Assert.Empty(project.Packages());
    }

    [Fact]
    public async Task Pack_DataThatWasNotAudited_IsWarnedOf()
    {
        using var project = Create(DatasetProject.Datasets + """<ItemGroup><None Include="other.jsonl" Pack="true" PackagePath="/" /></ItemGroup>""");
        project.Write("other.jsonl", "{}");

        (await project.PackAsync()).Succeeded().Says("warning VI3017").Says("'other.jsonl'");
    }

    private DatasetProject Create(string body)
    {
        var project = new DatasetProject(package, body: body);
        project.WriteSampleRows();
        project.WritePolicy("wisdom", "2%");
        return project;
    }
}
