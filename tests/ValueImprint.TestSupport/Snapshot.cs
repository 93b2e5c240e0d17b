using Xunit;
namespace ValueImprint.TestSupport;

/// <summary>
/// Compares a text with a file of the repository. To accept changed texts, run the tests with VALUEIMPRINT_UPDATE_SNAPSHOTS=1 and look
/// at what git shows.
/// </summary>
public static class Snapshot
{
    private const string UpdateVariable = "VALUEIMPRINT_UPDATE_SNAPSHOTS";

    /// <summary>What is printed now is taken for right.</summary>
    public static bool IsUpdating { get; } = Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    /// <param name="actual">The text; lines end with a line feed.</param>
    /// <param name="path">The file, from the repository's root.</param>
    public static void Match(string actual, string path)
    {
        var file = RepositoryRoot.File(path);
        if (IsUpdating)
        {
            File.WriteAllText(file, actual);
        }

        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (expected == actual)
        {
            return;
        }

        var lines = actual.Split('\n').Zip(expected.Split('\n').Append("(end)")).Index();
        var first = lines.FirstOrDefault(static line => line.Item.First != line.Item.Second);
        Assert.Fail(
            $"{path} differs from line {first.Index + 1}.\nFound:    {first.Item.First}\nExpected: {first.Item.Second}\n"
            + $"If the change is meant, run again with {UpdateVariable}=1.");
    }

    /// <summary>A file of the repository, with line feeds.</summary>
    public static string Read(string path) => File.ReadAllText(RepositoryRoot.File(path)).ReplaceLineEndings("\n");
}
