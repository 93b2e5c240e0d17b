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
            .SkipWhile(static line => line != "|---|---|---|---|---|").Skip(1).TakeWhile(static line => line.StartsWith('|'));

        var table = string.Join('\n', ServerOption.All.Select(static option =>
            $"| `{option.Switch}` | `{option.Variable}` | `{option.Key}` | {option.DefaultText} | {option.Description}{(option.Range is { } range ? $" ({range})" : "")} |"));
        Assert.True(table == string.Join('\n', rows), $"The table in the README should be:\n{table}");
    }

    [Theory]
    [InlineData("src/ValueImprint.Server/README.md")]
    [InlineData("tools/deploy/kubernetes.yml")]
    [InlineData("tools/deploy/server.slurm")]
    public void Switches_InTheDocuments_Exist(string file)
    {
        var known = ServerOption.All.Select(static option => option.Switch).Concat(["--config", "--set"]).ToHashSet();
        var text = ReadRepositoryFile(file);

        var used = text.Split('\n').Where(static line => !line.StartsWith("#SBATCH", StringComparison.Ordinal) && !line.Contains("kubectl", StringComparison.Ordinal))
            .SelectMany(static line => line.Split(' ', '`', '(', '"', ',', '=')).Where(static word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2 && char.IsLower(word[2]));

        Assert.Empty(used.Where(word => !known.Contains(word)).Distinct());
        Assert.NotEmpty(used);
    }

    private static string ReadRepositoryFile(string path) => File.ReadAllText(RepositoryRoot.File(path)).ReplaceLineEndings("\n");
}
