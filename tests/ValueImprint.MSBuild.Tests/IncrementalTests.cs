using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ValueImprint.Core.Imprints;

namespace ValueImprint.MSBuild.Tests;

public sealed partial class IncrementalTests(PackedPackage package)
{
    [Fact]
    public async Task Pack_Unchanged_AsksNoServer()
    {
        using var run = new RunFolder(package);
        using var project = Create();
        (await project.DotnetAsync(run.Variables, "pack", "-nologo")).Succeeded().Says("auditing preferences.jsonl");
        var imprint = File.ReadAllBytes(project.Imprint);
        await run.StopServersAsync();

        (await project.DotnetAsync(run.Variables, "pack", "-nologo", "-bl:again.binlog")).Succeeded().DoesNotSay("auditing");

        Assert.Equal(imprint, File.ReadAllBytes(project.Imprint));
        Assert.Empty(run.Sockets());
        var log = BinaryLog(project, "again.binlog");
        Assert.Contains("is up to date", log, StringComparison.Ordinal);
        Assert.DoesNotContain("auditing preferences.jsonl", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_TouchedButUnchangedData_DoesNotAuditAgain()
    {
        using var project = Create();
        (await project.PackAsync()).Succeeded();
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "data", "preferences.jsonl"), DateTime.UtcNow.AddHours(1));

        (await project.PackAsync()).Succeeded().DoesNotSay("auditing");
    }

    [Fact]
    public async Task Pack_Unchanged_DoesNotMakeThePackageAgain()
    {
        using var project = Create();
        (await project.PackAsync()).Succeeded();
        var made = File.GetLastWriteTimeUtc(project.Nupkg);

        (await project.PackAsync()).Succeeded();

        Assert.Equal(made, File.GetLastWriteTimeUtc(project.Nupkg));
    }

    [Fact]
    public async Task Pack_ChangedPolicyThatHolds_PacksTheNewSummary()
    {
        using var project = Create();
        (await project.PackAsync()).Succeeded();
        project.WritePolicy("wisdom", "3%");

        (await project.PackAsync()).Succeeded().DoesNotSay("auditing");

        Assert.Contains("3%", project.PackedFiles()["valueimprint/imprint.md"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pack_SameModelPutAnew_DoesNotAuditAgain()
    {
        using var project = Create();
        var model = CopyOfDefaultModel(project);
        (await project.PackAsync($"-p:ValueImprintModel={model}")).Succeeded().Says("auditing");
        foreach (var file in Directory.GetFiles(model))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(1));
        }

        (await project.PackAsync($"-p:ValueImprintModel={model}")).Succeeded().DoesNotSay("auditing");
    }

    [Fact]
    public async Task Pack_ChangedPolicy_IsJudgedWithoutAnAudit()
    {
        using var project = Create();
        (await project.PackAsync()).Succeeded();
        project.WritePolicy("justice", "60%");

        (await project.PackAsync()).Failed().Says("VI1001").DoesNotSay("auditing");
    }

    [Fact]
    public async Task Pack_ChangedModel_AuditsAgain()
    {
        using var project = Create();
        var model = CopyOfDefaultModel(project);
        (await project.PackAsync($"-p:ValueImprintModel={model}")).Succeeded().Says("auditing");
        (await project.PackAsync($"-p:ValueImprintModel={model}")).Succeeded().DoesNotSay("auditing");
        var settings = Path.Combine(model, "valueimprint.json");
        File.WriteAllText(settings, WithAnotherVersion().Replace(File.ReadAllText(settings), "$1-other", count: 1));

        (await project.PackAsync($"-p:ValueImprintModel={model}")).Succeeded().Says("auditing");
    }

    [Fact]
    public async Task Build_Question_FailsBeforeTheAuditAndPassesAfterIt()
    {
        using var project = Create();
        (await project.DotnetAsync("restore", "-nologo")).Succeeded();
        string[] question = ["msbuild", "-nologo", "-p:Configuration=Release", "-t:ValueImprintAudit", "-question"];
        (await project.DotnetAsync(question)).Failed().Says("not up to date").DoesNotSay("auditing");
        Assert.False(File.Exists(project.Imprint));
        (await project.PackAsync()).Succeeded();

        (await project.DotnetAsync(question)).Succeeded();
    }

    // The package's own version comes first; the taxonomy's follows.
    [GeneratedRegex("(\"version\": \"[^\"]+)")]
    private static partial Regex WithAnotherVersion();

    private static string CopyOfDefaultModel(DatasetProject project)
    {
        var source = RepositoryRoot.File("src/ValueImprint.Inference/DefaultModel/value-imprint-small");
        var copy = Path.Combine(project.Folder, "model");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    private static string BinaryLog(DatasetProject project, string name)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(project.Folder, name)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private DatasetProject Create()
    {
        var project = new DatasetProject(package, body: DatasetProject.Datasets);
        project.WriteSampleRows();
        project.WritePolicy("wisdom", "2%");
        return project;
    }
}
