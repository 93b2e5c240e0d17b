using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;

namespace ValueImprint.MSBuild.Surface;

/// <summary>A <c>ValueImprintDataset</c> item: a file to audit.</summary>
/// <param name="Path">As written in the project, relative to its folder.</param>
/// <param name="Layout">Layout of its rows; <see langword="null"/>: detected.</param>
/// <param name="Scope">Scope of its texts; <see langword="null"/>: as the layout says.</param>
/// <param name="Policy">Policy file; <see langword="null"/>: the project's.</param>
/// <param name="Position">Where it is declared.</param>
internal sealed record DeclaredDataset(string Path, string? Layout, string? Scope, string? Policy, SourcePosition Position)
{
    public const string ItemType = "ValueImprintDataset";

    /// <summary>All metadata that the item takes.</summary>
    public static IReadOnlyList<string> Metadata { get; } = ["Layout", "Scope", "Policy"];

    /// <summary>Reads the items; what is wrong with them goes into <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<DeclaredDataset> Read(ITaskItem[]? items, string projectFile, ICollection<Diagnostic> diagnostics)
    {
        var datasets = new List<DeclaredDataset>();
        foreach (var item in items ?? [])
        {
            var metadata = new ItemMetadata(item, ItemType, Metadata, projectFile, diagnostics);
            datasets.Add(new DeclaredDataset(
                item.ItemSpec, metadata.Text("Layout"), metadata.Text("Scope"), metadata.Text("Policy"), metadata.Position));
        }

        return datasets;
    }
}
