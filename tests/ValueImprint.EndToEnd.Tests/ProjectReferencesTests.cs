using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>The picture of the projects in the README, against the projects.</summary>
public sealed partial class ProjectReferencesTests
{
    private const string Prefix = "ValueImprint.";

    [Fact]
    public void Readme_PictureOfTheProjects_IsThatOfTheProjectFiles()
    {
        var drawn = Drawn().Order(StringComparer.Ordinal);

        var found = Directory.EnumerateDirectories(RepositoryRoot.File("src")).SelectMany(static folder => Directory.EnumerateFiles(folder, "*.csproj"))
            .Select(static project => Line(Name(project), References(project))).Order(StringComparer.Ordinal);

        Assert.Equal(found, drawn);
    }

    [Fact]
    public void Readme_PictureOfTheProjects_NamesNoneBeforeItsReferences()
    {
        var above = new HashSet<string>();
        foreach (Match project in Lines())
        {
            Assert.Subset(above, project.Groups["references"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToHashSet());
            above.Add(project.Groups["name"].Value);
        }
    }

    private static IEnumerable<string> Drawn() =>
        Lines().Select(static project => Line(project.Groups["name"].Value, project.Groups["references"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)));

    private static MatchCollection Lines()
    {
        var readme = File.ReadAllText(RepositoryRoot.File("README.md"));
        var lines = ProjectLine().Matches(Picture().Match(readme).Groups["lines"].Value);
        Assert.NotEmpty(lines);
        return lines;
    }

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(static reference => Name(reference.Attribute("Include")!.Value)); // MSBuild refuses one without.

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))[Prefix.Length..];

    private static string Line(string name, IEnumerable<string> references) => $"{name} -> {string.Join(", ", references.Order(StringComparer.Ordinal))}";

    [GeneratedRegex("## Where the code is.*?```text\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Picture();

    // Two spaces part the references from what the project is for.
    [GeneratedRegex("^(?<name>\\w+) *(-> (?<references>\\w+(, \\w+)*))?  ", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
