namespace ValueImprint.MSBuild.Tests;

/// <summary>What a project may say, and what it is told when it says something else.</summary>
public sealed class SurfaceTests(PackedPackage package)
{
    [Theory]
    [InlineData("""<ValueImprintDataset Include="data/*.jsonl" Layuot="dpo" />""", "VI0003", "Did you mean 'Layout'?")]
    [InlineData("""<ValueImprintDataset Include="data/*.jsonl" Layout="dpoo" />""", "VI0010", "dpo")]
    [InlineData("""<ValueImprintDataset Include="data/*.jsonl" Pack="maybe" />""", "VI0010", "maybe")]
    [InlineData("""<ValueImprintThreshold Include="justice" Scope="chosen" Minimum="2%" Estimate="ajusted" />""", "VI0010", "adjusted")]
    [InlineData("""<ValueImprintThreshold Include="justice" Scope="chosen" Minimum="2%" OnStraddle="fail" />""", "VI0010", "inconclusive")]
    [InlineData("""<ValueImprintThreshold Include="justice" Scope="chosen" Minimun="2%" />""", "VI0003", "Did you mean 'Minimum'?")]
    [InlineData("""<ValueImprintThreshold Include="justice" Scope="chosen" Minimum="NaN" />""", "VI0011", "NaN")]
    [InlineData("""<ValueImprintThreshold Include="justice" Scope="chosen" Minimum="2%" Level="fatal" />""", "VI0010", "fatal")]
    [InlineData("""<ValueImprintThreshold Include="justise" Scope="chosen" Minimum="2%" />""", "VI0008", "justice")]
    [InlineData("""<ValueImprintThreshold Include="justice" Minimum="2%" />""", "VI0005", "scope")]
    public async Task Pack_MisspeltItem_IsAnError(string item, string code, string hint)
    {
        using var project = Create($"<ItemGroup>{item}</ItemGroup>");

        (await project.PackAsync()).Failed().Says($"error {code}").Says(hint);
    }

    [Theory]
    [InlineData("-p:ValueImprintGateOn=packs", "Did you mean 'pack'?")]
    [InlineData("-p:ValueImprintSkip=maybe", "Expected true, false")]
    public async Task Pack_ImpossibleProperty_IsAnError(string property, string hint)
    {
        using var project = Create("");

        (await project.PackAsync(property)).Failed().Says("error VI0010").Says(hint);
    }

    [Fact]
    public async Task Pack_ThresholdItems_AreJudgedBesideThePolicy()
    {
        using var project = Create("""<ItemGroup><ValueImprintThreshold Include="civility" Minimum="70%" Scope="rejected" Level="error" /></ItemGroup>""");

        (await project.PackAsync()).Failed().Says("Dataset.csproj : error VI1001").Says("Civility").Says("rejected");
    }

    [Fact]
    public async Task Pack_NoDatasets_IsAnError()
    {
        using var project = new DatasetProject(package);
        project.WriteSampleRows();
        project.WritePolicy("wisdom", "2%");

        (await project.PackAsync()).Failed().Says("error VI3001").Says("ValueImprintDataset");
    }

    [Fact]
    public async Task Pack_PatternsWithoutFiles_AreNamed()
    {
        using var project = Create("""<ItemGroup><ValueImprintDataset Include="data/test/**/*.jsonl" /></ItemGroup>""");

        (await project.PackAsync()).Succeeded().Says("warning VI3006").Says("data/test/**/*.jsonl");
        Directory.Delete(Path.Combine(project.Folder, "data"), recursive: true);

        (await project.PackAsync()).Failed().Says("error VI3001").Says("'data/*.jsonl' gives no file");
    }

    [Fact]
    public async Task Pack_NoPolicyAndNoThresholds_IsAnError()
    {
        using var project = new DatasetProject(package, body: DatasetProject.Datasets);
        project.WriteSampleRows();

        (await project.PackAsync()).Failed().Says("policy.yml");
    }

    [Fact]
    public async Task Pack_MisspeltPolicyKey_NamesLineAndColumn()
    {
        using var project = Create("");
        project.Write("policy.yml", "policy: 1\ncoverage:\n  - value: justice\n    scope: chosen\n    minimun: 2%\n");

        (await project.PackAsync()).Failed().Says("policy.yml(5,5): error VI0003").Says("minimum").DoesNotSay("auditing");
    }

    [Fact]
    public async Task Pack_MissingPolicyFile_IsAnErrorBeforeTheAudit()
    {
        using var project = Create("");

        (await project.PackAsync("-p:ValueImprintPolicyFile=polcy.yml")).Failed().Says("error VI3006").Says("polcy.yml").DoesNotSay("auditing");
    }

    [Fact]
    public async Task Pack_ManyBadRows_NamesSomeAndCountsTheRest()
    {
        using var project = Create("");
        File.AppendAllLines(Path.Combine(project.Folder, "data", "preferences.jsonl"), Enumerable.Repeat("{", 25));

        (await project.PackAsync()).Failed().Says("preferences.jsonl(120)").DoesNotSay("preferences.jsonl(121)").Says("5 more rows were rejected");
    }

    [Fact]
    public async Task Pack_ZeroRows_IsAnError()
    {
        using var project = Create("");
        File.WriteAllText(Path.Combine(project.Folder, "data", "preferences.jsonl"), "");

        (await project.PackAsync()).Failed().Says("error VI3");
    }

    [Fact]
    public async Task Pack_MissingFile_IsAnError()
    {
        using var project = Create("""<ItemGroup><ValueImprintDataset Include="data/absent.jsonl" /></ItemGroup>""");

        (await project.PackAsync()).Failed().Says("error VI3").Says("absent.jsonl");
    }

    [Fact]
    public async Task Pack_ServerDown_SaysWhichAddressAndWhatToDo()
    {
        using var project = Create("");

        var result = await project.PackAsync("-p:ValueImprintServer=http://127.0.0.1:9");

        result.Failed().Says("error VI3010").Says("http://127.0.0.1:9");
        Assert.Equal(1, result.Output.Split("error VI3010").Length - 1);
    }

    [Fact]
    public async Task Pack_UnwritableObj_IsAClearError()
    {
        using var project = Create("");
        (await project.DotnetAsync("build", "-c", "Release", "-nologo")).Succeeded();
        // A file where a folder should be keeps even the superuser from writing.
        File.WriteAllText(Path.Combine(project.Folder, "obj", "Release", "valueimprint"), "");

        (await project.PackAsync("--no-build")).Failed().Says("error VI").Says("valueimprint").DoesNotSay("   at ");
    }

    private DatasetProject Create(string body)
    {
        var project = new DatasetProject(package, body: DatasetProject.Datasets + body);
        project.WriteSampleRows();
        project.WritePolicy("wisdom", "2%");
        return project;
    }
}
