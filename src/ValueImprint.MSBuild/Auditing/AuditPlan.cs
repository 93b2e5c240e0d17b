using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.MSBuild.Surface;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>The datasets that one policy judges together, and the imprint that they give.</summary>
/// <param name="Policy">The policy; without rules where the thresholds alone judge.</param>
/// <param name="ImprintPath">Full path of the imprint.</param>
/// <param name="Datasets">The files; with none, there are other imprints.</param>
/// <param name="OtherImprints">Full paths of imprints of other projects, which are added.</param>
internal sealed record AuditPlan(Policy Policy, string ImprintPath, IReadOnlyList<DeclaredDataset> Datasets, IReadOnlyList<string> OtherImprints)
{
    /// <summary>Where the fingerprint of the imprint lies.</summary>
    public string FingerprintPath => Path.ChangeExtension(ImprintPath, ".fingerprint");

    /// <summary>The Markdown summary beside the imprint.</summary>
    public string SummaryPath => Path.ChangeExtension(ImprintPath, ".md");

    /// <summary>The files by how they are read, in the order of the items.</summary>
    public IEnumerable<(DatasetReaderOptions Reading, IReadOnlyList<string> Files)> Parts => Datasets
        .GroupBy(static dataset => (dataset.Reading.Layout, dataset.Reading.Scope))
        .Select(static part => (part.First().Reading, (IReadOnlyList<string>)[.. part.Select(static dataset => dataset.Path)]));

    /// <summary>Groups the datasets by their policies.</summary>
    /// <param name="declared">What the project says.</param>
    /// <param name="folder">Where imprints go.</param>
    public static IReadOnlyList<AuditPlan> For(Declarations declared, string folder)
    {
        var plans = new List<AuditPlan>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var judged = declared.Datasets.ToLookup(dataset => dataset.Policy ?? declared.ProjectPolicy);
        if (judged.Contains(declared.ProjectPolicy) || declared.OtherImprints.Count > 0)
        {
            Add(declared.ProjectPolicy, declared.OtherImprints);
        }

        foreach (var own in judged.Where(group => group.Key != declared.ProjectPolicy))
        {
            Add(own.Key, []);
        }

        return plans;

        void Add(string? policy, IReadOnlyList<string> others) => plans.Add(new AuditPlan(
            declared.PolicyOf(policy), Path.Combine(folder, ImprintName(policy == declared.ProjectPolicy ? null : policy, names)), [.. judged[policy]], others));
    }

    /// <summary>What goes into the package: the imprint, its summary, and the datasets as they were audited.</summary>
    /// <param name="projectFolder">Full path of the project's folder.</param>
    public IEnumerable<ITaskItem> PackageFiles(string projectFolder) =>
    [
        Packed(ImprintPath, $"valueimprint/{Path.GetFileName(ImprintPath)}"),
        Packed(SummaryPath, $"valueimprint/{Path.GetFileName(SummaryPath)}"),
        .. DatasetFiles(Datasets, projectFolder, ImprintPath),
    ];

    /// <summary>The datasets that go into the package.</summary>
    /// <param name="datasets">All of them.</param>
    /// <param name="projectFolder">Full path of the project's folder.</param>
    /// <param name="imprint">Full path of their imprint; empty: they were not audited.</param>
    public static IEnumerable<ITaskItem> DatasetFiles(IEnumerable<DeclaredDataset> datasets, string projectFolder, string imprint = "") =>
        datasets.Where(static dataset => dataset.IsPacked).Select(dataset => Packed(dataset.Path, dataset.PackagePath(projectFolder), imprint));

    private static TaskItem Packed(string path, string place, string imprint = "") =>
        new(path, new Dictionary<string, string> { ["PackagePath"] = place, ["Imprint"] = imprint });

    private static string ImprintName(string? ownPolicy, HashSet<string> taken)
    {
        var stem = ownPolicy is null ? "imprint" : $"imprint.{Path.GetFileNameWithoutExtension(ownPolicy)}";
        var name = $"{stem}.json";
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{stem}.{number}.json";
        }

        return name;
    }
}
