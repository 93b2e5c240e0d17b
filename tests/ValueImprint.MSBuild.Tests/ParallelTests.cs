using System.Diagnostics;
using System.Globalization;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.MSBuild.Tests;

public sealed class ParallelTests(PackedPackage package)
{
    private const int Projects = 10;

    [Fact]
    public async Task Pack_TenProjectsAtOnce_ShareOneLocalServer()
    {
        using var run = new RunFolder(package);
        var projects = Enumerable.Range(0, Projects).Select(number => Create($"Dataset{number}", 40 + number)).ToList();
        var solution = Directory.CreateTempSubdirectory("valueimprint-solution-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(solution, "All.slnx"),
                $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project.Folder}/{project.Name}.csproj" />"""))}</Solution>");

            (await DotnetCommand.RunAsync(solution, run.Variables, ["pack", "All.slnx", "-m", "-nologo"], TestContext.Current.CancellationToken)).Succeeded();

            Assert.All(projects, static project => Assert.Contains("valueimprint/imprint.json", project.PackedFiles().Keys));
            Assert.Single(run.Sockets());
        }
        finally
        {
            projects.ForEach(static project => project.Dispose());
            Directory.Delete(solution, recursive: true);
        }
    }

    [Fact]
    public async Task Pack_CancelledInMidAudit_LeavesNoImprintAndEnds()
    {
        using var run = new RunFolder(package);
        using var project = Create("Dataset", 100);
        var data = Path.Combine(project.Folder, "data", "preferences.jsonl");
        var rows = File.ReadAllLines(data);
        File.WriteAllLines(data, Enumerable.Repeat(rows, 400).SelectMany(static copy => copy));
        var (process, output) = DotnetCommand.Start(project.Folder, run.Variables, ["pack", "-nologo", "-v:n"]);
        using (process)
        {
            await output.Seen("texts/s").WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.False(File.Exists(project.Imprint));
        var folder = Path.GetDirectoryName(project.Imprint)!; // A full path of a file has a folder.
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFiles(folder) : []);
        Assert.Empty(Directory.GetFiles(project.Folder, "*.nupkg", SearchOption.AllDirectories));
    }

    private DatasetProject Create(string name, int rows)
    {
        var project = new DatasetProject(package, name, body: DatasetProject.Datasets);
        project.WriteSampleRows(rows);
        project.WritePolicy("wisdom", "2%");
        return project;
    }
}
