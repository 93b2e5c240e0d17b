namespace ValueImprint.MSBuild.Tests;

/// <summary>A solution of dataset projects and others that all reference the package, with one gate over all datasets.</summary>
public sealed class SolutionTests(PackedPackage package)
{
    [Fact]
    public async Task Pack_Solution_GatesItsDatasetsAloneAndTogether()
    {
        using var solution = new DatasetProject(package, "Gate", body: """
            <ItemGroup>
              <ProjectReference Include="../*/*.csproj" Exclude="Gate.csproj;../Gate/**;../Library/**" ReferenceOutputAssembly="false" PrivateAssets="all" ValueImprint="true" />
            </ItemGroup>
            """, reference: "");
        solution.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><GlobalPackageReference Include="ValueImprint.MSBuild" Version="{PackedPackage.Version}" /></ItemGroup>
            </Project>
            """);
        solution.Write("Directory.Build.props", """
            <Project><PropertyGroup>
              <ValueImprintPolicyFile Condition="'$(MSBuildProjectName)' != 'Gate'">$(MSBuildThisFileDirectory)shared.yml</ValueImprintPolicyFile>
            </PropertyGroup></Project>
            """);
        solution.WritePolicy("wisdom", "1%");
        foreach (var file in (string[])["Directory.Packages.props", "Directory.Build.props", "Directory.Build.targets", "NuGet.config"])
        {
            File.Move(Path.Combine(solution.Folder, file), Path.Combine(solution.Folder, "..", file));
        }

        File.Copy(Path.Combine(solution.Folder, "policy.yml"), Path.Combine(solution.Folder, "..", "shared.yml"));
        Add(solution, "Library", "");
        Add(solution, "Wise", DatasetProject.Datasets, "wisdom");
        Add(solution, "Kind", DatasetProject.Datasets, "empathy", "wisdom");
        solution.Write("../All.slnx", """
            <Solution>
              <Project Path="Gate/Gate.csproj" /><Project Path="Kind/Kind.csproj" /><Project Path="Library/Library.csproj" /><Project Path="Wise/Wise.csproj" />
            </Solution>
            """);
        solution.WritePolicy("justice", "60%");

        (await solution.PackAsync("../All.slnx")).Failed().Says("ValueImprint: Wise: pass; 1 rule,").Says("ValueImprint: Kind: pass;")
            .Says("Gate/policy.yml(4,").DoesNotSay("Library: pass").DoesNotSay("Gate: pass");

        solution.WritePolicy("wisdom", "1%");
        (await solution.PackAsync("../All.slnx")).Succeeded().Says("ValueImprint: Gate: pass; 1 rule, 48 texts of 24 rows.");
    }

    [Fact]
    public async Task Pack_LibraryWithAPolicyOfItsOwn_IsAnError()
    {
        using var project = new DatasetProject(package);
        project.WritePolicy("wisdom", "1%");

        (await project.PackAsync()).Failed().Says("error VI3001");
    }

    private static void Add(DatasetProject solution, string name, string items, params IReadOnlyList<string> intended)
    {
        var folder = Path.Combine(solution.Folder, "..", name);
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{DatasetProject.OneFramework}<IncludeBuildOutput>{items.Length == 0}</IncludeBuildOutput><NoWarn>NU5128</NoWarn></PropertyGroup>
              {items}
            </Project>
            """);
        if (intended.Count > 0)
        {
            solution.WriteSampleRows(12, intended);
            File.Move(Path.Combine(solution.Folder, "data", "preferences.jsonl"), Path.Combine(folder, "data", "preferences.jsonl"));
        }
    }
}
