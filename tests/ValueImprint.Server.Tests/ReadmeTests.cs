using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void OptionsTable_IsWhatTheOptionsSay()
    {
        var rows = ReadRepositoryFile("src/ValueImprint.Server/README.md").Split('\n')
            .SkipWhile(static line => line != "|---|---|---|---|").Skip(1).TakeWhile(static line => line.StartsWith('|'));

        var table = string.Join('\n', ServerOption.All.Select(static option =>
            $"| `{option.Name}` | `{option.Switch}` | {option.DefaultText} | {option.Description}{Range(option)} |"));
        Assert.True(table == string.Join('\n', rows), $"The table in the README should be:\n{table}");
    }

    [Theory]
    [InlineData("src/ValueImprint.Server/README.md")]
    [InlineData("tools/deploy/kubernetes.yml")]
    [InlineData("tools/deploy/server.slurm")]
    public void Switches_InTheDocuments_Exist(string file)
    {
        var known = ServerOption.All.Select(static option => option.Switch).Append("--config").ToHashSet();
        var text = ReadRepositoryFile(file);

        var used = text.Split('\n').Where(static line => !line.StartsWith("#SBATCH", StringComparison.Ordinal) && !line.Contains("kubectl", StringComparison.Ordinal))
            .SelectMany(static line => line.Split(' ', '`', '(', '"', ',', '=')).Where(static word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2 && char.IsLower(word[2]));

        Assert.Empty(used.Where(word => !known.Contains(word)).Distinct());
        Assert.NotEmpty(used);
    }

    private static string Range(ServerOption option) =>
        option.Expected.StartsWith("a whole", StringComparison.Ordinal) || option.Expected.StartsWith("a duration", StringComparison.Ordinal)
            ? $" ({option.Expected[(option.Expected.IndexOf("from", StringComparison.Ordinal) + 5)..].Split(", such")[0]})"
            : "";

    private static string ReadRepositoryFile(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ValueImprint.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, path)).ReplaceLineEndings("\n");
    }
}
