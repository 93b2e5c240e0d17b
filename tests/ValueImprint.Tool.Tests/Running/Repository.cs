namespace ValueImprint.Tool.Tests.Running;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string SampleData { get; } = RepositoryRoot.File("tools/sample/data/preferences.jsonl");

    public static string SamplePolicy { get; } = RepositoryRoot.File("tools/sample/policy.yml");

    /// <summary>The file that holds the expected output of this name.</summary>
    public static string Snapshot(string name) => $"tests/ValueImprint.Tool.Tests/Snapshots/{name}";
}
