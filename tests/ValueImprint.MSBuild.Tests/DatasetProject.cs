using System.IO.Compression;
using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.MSBuild.Tests;

/// <summary>A project in a temporary folder that packs a dataset and references the packed package.</summary>
internal sealed class DatasetProject : IDisposable
{
    private readonly PackedPackage _package;
    private readonly string _parent;

    public DatasetProject(PackedPackage package, string name = "Dataset", string frameworks = OneFramework, string body = "", string reference = Reference)
    {
        _package = package;
        _parent = Directory.CreateTempSubdirectory("valueimprint-project-").FullName;
        Folder = Path.Combine(_parent, name);
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        Name = name;
        Write("NuGet.config", $"""
            <configuration><packageSources><clear /><add key="packed" value="{package.Source}" /></packageSources></configuration>
            """);
        // Nothing above the temporary folder may add to the project.
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            Write(file, "<Project />");
        }

        Write($"{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {frameworks}
                <PackageId>Sample.Dataset</PackageId>
                <NoWarn>NU5128</NoWarn>
                <IncludeBuildOutput>false</IncludeBuildOutput>
              </PropertyGroup>
              <ItemGroup>
                {reference}
              </ItemGroup>
              {body}
            </Project>
            """);
    }

    public const string OneFramework = "<TargetFramework>net10.0</TargetFramework>";

    /// <summary>Two frameworks of which the SDK brings everything along, so that nothing is downloaded.</summary>
    public const string TwoFrameworks =
        "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting>"
        + "<DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>";

    public const string Reference = $"""<PackageReference Include="ValueImprint.MSBuild" Version="{PackedPackage.Version}" PrivateAssets="all" />""";

    public const string Datasets = """<ItemGroup><ValueImprintDataset Include="data/*.jsonl" /></ItemGroup>""";

    public string Folder { get; }

    public string Name { get; }

    public string Imprint => Path.Combine(Folder, "obj", "Release", "valueimprint", "imprint.json");

    public string Nupkg => Packages().Single();

    /// <summary>What was packed, wherever it lies.</summary>
    public IReadOnlyList<string> Packages() => Directory.GetFiles(Folder, "*.nupkg", SearchOption.AllDirectories);

    public void Write(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content);

    /// <summary>Writes the self-made preference pairs of the sample, as many as asked for.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="intended">The values that they were written for, by id; none: whatever comes first.</param>
    public void WriteSampleRows(int rows = 100, params IReadOnlyList<string> intended) =>
        File.WriteAllLines(
            Path.Combine(Folder, "data", "preferences.jsonl"),
            File.ReadLines(RepositoryRoot.File("tools/sample/data/preferences.jsonl"))
                .Where(row => intended.Count == 0 || intended.Any(value => row.Contains($"\"intended\": \"{value}", StringComparison.Ordinal)))
                .Take(rows));

    public void WritePolicy(string value, string minimum, string level = "error") => Write("policy.yml", $"""
        policy: 1
        taxonomy: value-imprint
        coverage:
          - value: {value}
            scope: chosen
            minimum: {minimum}
            level: {level}
        """);

    public Task<CommandResult> DotnetAsync(params IEnumerable<string> arguments) => DotnetAsync(new Dictionary<string, string>(), arguments);

    public Task<CommandResult> DotnetAsync(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var merged = new Dictionary<string, string>(_package.Environment);
        foreach (var (name, value) in environment)
        {
            merged[name] = value;
        }

        return DotnetCommand.RunAsync(Folder, merged, arguments, TestContext.Current.CancellationToken);
    }

    public Task<CommandResult> PackAsync(params IEnumerable<string> arguments) => DotnetAsync(["pack", "-nologo", .. arguments]);

    /// <summary>Names and contents of the packed nupkg's entries.</summary>
    public IReadOnlyDictionary<string, string> PackedFiles()
    {
        using var archive = ZipFile.OpenRead(Nupkg);
        return archive.Entries.ToDictionary(static entry => entry.FullName, static entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
