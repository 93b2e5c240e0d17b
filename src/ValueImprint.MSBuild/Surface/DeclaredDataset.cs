using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.MSBuild.Surface;

/// <summary>A <c>ValueImprintDataset</c> item: a file to audit, and to pack.</summary>
/// <param name="Include">As written in the project.</param>
/// <param name="Path">Full path.</param>
/// <param name="BelowPattern">Its place below the fixed part of the pattern that found it, with a separator at the end; empty: none.</param>
/// <param name="Reading">How it is read.</param>
/// <param name="Policy">Full path of a policy of its own; <see langword="null"/>: the project's.</param>
/// <param name="IsPacked">Whether it goes into the package.</param>
/// <param name="Position">Where it is declared.</param>
internal sealed record DeclaredDataset(
    string Include, string Path, string BelowPattern, DatasetReaderOptions Reading, string? Policy, bool IsPacked, SourcePosition Position)
{
    public const string ItemType = "ValueImprintDataset";

    /// <summary>All metadata that the item takes.</summary>
    public static IReadOnlyList<string> Metadata { get; } = ["Layout", "Scope", "Policy", "Pack"];

    /// <summary>Reads the items; what is wrong with them goes into <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<DeclaredDataset> Read(
        ITaskItem[]? items, string projectFile, Func<string?, string?> absolute, List<Diagnostic> diagnostics)
    {
        var datasets = new List<DeclaredDataset>();
        foreach (var item in items ?? [])
        {
            var metadata = new ItemMetadata(item, ItemType, Metadata, projectFile, diagnostics);
            DatasetLayout? layout = null;
            if (metadata.Text("Layout") is { } layoutName && !DatasetLayout.TryParse(layoutName, out layout))
            {
                metadata.RefuseWord("layout", layoutName, [.. DatasetLayout.Known.Select(static known => known.Name)]);
            }

            TextScope scope = default;
            if (metadata.Text("Scope") is { } scopeName && !TextScopes.TryParse(scopeName, out scope))
            {
                metadata.RefuseWord("scope", scopeName, TextScopes.Names);
            }

            var isPacked = true;
            if (metadata.Text("Pack") is { } pack && !bool.TryParse(pack, out isPacked))
            {
                metadata.RefuseWord("content of Pack", pack, ["true", "false"]);
            }

            datasets.Add(new DeclaredDataset(
                item.ItemSpec,
                absolute(item.ItemSpec)!, // An item has a name.
                item.GetMetadata("RecursiveDir"),
                new DatasetReaderOptions { Layout = layout, Scope = metadata.Text("Scope") is null ? null : scope },
                absolute(metadata.Text("Policy")),
                isPacked,
                metadata.Position));
        }

        return datasets;
    }

    /// <summary>
    /// Where it lies in the package: a file within the project's folder as it lies there, any other one under <c>data</c>, as it lies
    /// below the fixed part of its pattern.
    /// </summary>
    public string PackagePath(string projectFolder)
    {
        var relative = System.IO.Path.GetRelativePath(projectFolder, Path);
        var isWithin = !System.IO.Path.IsPathRooted(relative) && !relative.StartsWith("..", StringComparison.Ordinal);
        return (isWithin ? relative : System.IO.Path.Combine("data", BelowPattern, System.IO.Path.GetFileName(Path))).Replace('\\', '/');
    }
}
