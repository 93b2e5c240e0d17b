namespace ValueImprint.MSBuild.Tests;

/// <summary>A project made by <c>dotnet new valueimprint-dataset</c>, with templates installed for it alone.</summary>
internal sealed class TemplateProject(PackedPackage package) : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("valueimprint-template-").FullName;

    public string Folder => Path.Combine(_parent, "MyPreferences");

    /// <summary>The folder that holds the project's.</summary>
    public string Above => _parent;

    public void WriteAbove(string file, string content) => File.WriteAllText(Path.Combine(_parent, file), content);

    public async Task CreateAsync(params IEnumerable<string> options)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(
            Path.Combine(_parent, "NuGet.config"),
            $"""<configuration><packageSources><clear /><add key="packed" value="{package.Source}" /></packageSources></configuration>""");
        (await RunAsync("new", "install", RepositoryRoot.File("src/ValueImprint.Templates/content/valueimprint-dataset"))).Succeeded();
        (await RunAsync(["new", "valueimprint-dataset", "--valueimprint-version", PackedPackage.Version, .. options])).Succeeded();
    }

    public Task<CommandResult> PackAsync() => RunAsync("pack", "-nologo");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private Task<CommandResult> RunAsync(params IEnumerable<string> arguments) => DotnetCommand.RunAsync(
        Folder,
        new Dictionary<string, string>(package.Environment) { ["DOTNET_CLI_HOME"] = _parent },
        arguments,
        TestContext.Current.CancellationToken);
}
