using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.MSBuild.Surface;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>The datasets that one policy judges together, and the imprint that they give.</summary>
/// <param name="Policy">Full path of the policy file; <see langword="null"/>: none, the thresholds alone.</param>
/// <param name="ImprintPath">Full path of the imprint.</param>
/// <param name="Parts">The files, by how they are read; at least one.</param>
internal sealed record AuditPlan(string? Policy, string ImprintPath, IReadOnlyList<AuditPart> Parts)
{
    /// <summary>Where the fingerprint of the imprint lies.</summary>
    public string FingerprintPath => Path.ChangeExtension(ImprintPath, ".fingerprint");

    /// <summary>Groups the items; what is wrong with them goes into <paramref name="diagnostics"/>.</summary>
    /// <param name="datasets">The items.</param>
    /// <param name="projectPolicy">Full path of the policy of items that name none; <see langword="null"/>: there is none.</param>
    /// <param name="absolute">Makes a path of the project absolute.</param>
    /// <param name="folder">Where imprints go.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static IReadOnlyList<AuditPlan> For(
        IReadOnlyList<DeclaredDataset> datasets, string? projectPolicy, Func<string, string> absolute, string folder, List<Diagnostic> diagnostics)
    {
        var plans = new List<AuditPlan>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var judged in datasets.GroupBy(dataset => dataset.Policy is { } own ? Path.GetFullPath(absolute(own)) : projectPolicy))
        {
            var parts = judged.GroupBy(static dataset => (dataset.Layout, dataset.Scope))
                .Select(part => new AuditPart([.. part.Select(dataset => Path.GetFullPath(absolute(dataset.Path)))], Reading(part.First(), diagnostics)))
                .ToList();
            plans.Add(new AuditPlan(judged.Key, Path.Combine(folder, ImprintName(judged.Key == projectPolicy ? null : judged.Key, names)), parts));
        }

        return plans;
    }

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

    private static DatasetReaderOptions Reading(DeclaredDataset item, List<Diagnostic> diagnostics)
    {
        DatasetLayout? layout = null;
        if (item.Layout is not null && !DatasetLayout.TryParse(item.Layout, out layout))
        {
            diagnostics.Add(UnknownWord(item, "layout", item.Layout, [.. DatasetLayout.Known.Select(static known => known.Name)]));
        }

        TextScope scope = default;
        if (item.Scope is not null && !TextScopes.TryParse(item.Scope, out scope))
        {
            diagnostics.Add(UnknownWord(item, "scope", item.Scope, TextScopes.Names));
        }

        return new DatasetReaderOptions { Layout = layout, Scope = item.Scope is null ? null : scope };
    }

    private static Diagnostic UnknownWord(DeclaredDataset item, string metadata, string found, IReadOnlyList<string> words) => Diagnostic.Error(
        DiagnosticCatalogue.UnknownWord,
        item.Position,
        $"{DeclaredDataset.ItemType} '{item.Path}' has the unknown {metadata} '{found}'.{NearestWord.Hint(found, words)} Expected one of {string.Join(", ", words)}.");
}
