namespace ValueImprint.MSBuild.Tests;

/// <summary>
/// The gate stands on every road by which the SDK builds, packs and publishes: each fails on a dataset that is too thin and passes on
/// one that is not, and says its verdict once.
/// </summary>
public sealed class RoadTests(PackedPackage package, RoadTests.Projects projects) : IClassFixture<RoadTests.Projects>
{
    public static TheoryData<string, string, string> Roads =>
        new(Road.Taken.Select(static road => (road.Verb, road.Frameworks, road.Variant)));

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Road_ThinThenCoveredDataset_FailsThenPasses(string verb, string frameworks, string variant)
    {
        var road = new Road(verb, frameworks, variant);
        var project = await projects.ForAsync(road, package);
        project.WriteSampleRows(12, "empathy");

        (await project.DotnetAsync(road.Variables, road.Arguments)).Failed().SaysOnce("error VI1001");

        Assert.Empty(project.Packages());
        project.WriteSampleRows(12, "wisdom");

        (await project.DotnetAsync(road.Variables, road.Arguments)).Succeeded().SaysOnce(": pass;");

        if (verb == "pack")
        {
            Assert.Contains("data/preferences.jsonl", project.PackedFiles().Keys);
            Assert.Equal(variant != "nuspec", project.PackedFiles().ContainsKey("valueimprint/imprint.json"));
        }
    }

    [Fact]
    public void Roads_Readme_ListsThem() => Assert.Contains(
        Road.Table(), File.ReadAllText(RepositoryRoot.File("tests/ValueImprint.MSBuild.Tests/README.md")), StringComparison.Ordinal);

    [Fact]
    public void Roads_Taken_HaveEveryWord()
    {
        Assert.All(Road.Verbs, static verb => Assert.Contains(Road.Taken, road => road.Verb == verb));
        Assert.All(Road.AllFrameworks, static frameworks => Assert.Contains(Road.Taken, road => road.Frameworks == frameworks));
        Assert.All(Road.AllVariants, static variant => Assert.Contains(Road.Taken, road => road.Variant == variant));
    }

    /// <summary>One project for all roads that can share it, restored and built once.</summary>
    public sealed class Projects : IAsyncDisposable
    {
        private readonly Dictionary<(bool, string), DatasetProject> _projects = [];

        internal async Task<DatasetProject> ForAsync(Road road, PackedPackage package)
        {
            var layout = road.Variant is "artifacts output" or "central versions" or "global reference" ? road.Variant : "";
            if (!_projects.TryGetValue((road.IsMultiTargeted, layout), out var project))
            {
                project = Create(package, road.IsMultiTargeted ? DatasetProject.TwoFrameworks : DatasetProject.OneFramework, layout);
                _projects.Add((road.IsMultiTargeted, layout), project);
                (await project.DotnetAsync("build", "Dataset.csproj", "-c", "Release", "-nologo")).Succeeded();
            }

            foreach (var packed in project.Packages())
            {
                File.Delete(packed);
            }

            return project;
        }

        public ValueTask DisposeAsync()
        {
            foreach (var project in _projects.Values)
            {
                project.Dispose();
            }

            return ValueTask.CompletedTask;
        }

        private static DatasetProject Create(PackedPackage package, string frameworks, string layout)
        {
            var project = new DatasetProject(package, frameworks: frameworks, body: DatasetProject.Datasets, reference: layout switch
            {
                "central versions" => """<PackageReference Include="ValueImprint.MSBuild" PrivateAssets="all" />""",
                "global reference" => "",
                _ => DatasetProject.Reference,
            });
            project.WritePolicy("wisdom", "30%");
            project.Write("All.slnx", """<Solution><Project Path="Dataset.csproj" /></Solution>""");
            project.Write("Dataset.nuspec", """
                <package>
                  <metadata><id>Sample.Dataset</id><version>1.0.0</version><authors>nobody</authors><description>Data.</description></metadata>
                  <files><file src="data/**" target="data" /></files>
                </package>
                """);
            if (layout == "artifacts output")
            {
                project.Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
            }
            else if (layout.Length > 0)
            {
                var item = layout == "global reference" ? "GlobalPackageReference" : "PackageVersion";
                project.Write("Directory.Packages.props", $"""
                    <Project>
                      <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                      <ItemGroup><{item} Include="ValueImprint.MSBuild" Version="{PackedPackage.Version}" /></ItemGroup>
                    </Project>
                    """);
            }

            return project;
        }
    }
}
