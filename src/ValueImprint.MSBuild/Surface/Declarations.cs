using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;

namespace ValueImprint.MSBuild.Surface;

/// <summary>What a project says about its datasets, read once.</summary>
/// <param name="Datasets">The files.</param>
/// <param name="Thresholds">Rules in the project file, for every imprint.</param>
/// <param name="OtherImprints">Full paths of other projects' imprints.</param>
/// <param name="ProjectPolicy">Full path of the policy of datasets that name none; <see langword="null"/>: there is none.</param>
/// <param name="Policies">All policies, by full path.</param>
internal sealed record Declarations(
    IReadOnlyList<DeclaredDataset> Datasets,
    IReadOnlyList<CoverageRule> Thresholds,
    IReadOnlyList<string> OtherImprints,
    string? ProjectPolicy,
    IReadOnlyDictionary<string, Policy> Policies)
{
    private static readonly string[] _gateOn = ["build", "publish", "pack", "none"];

    /// <summary>Reads them; what makes no sense goes into <paramref name="diagnostics"/>, before an audit costs time.</summary>
    /// <param name="task">The task's parameters.</param>
    /// <param name="absolute">Makes a path of the project absolute.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static Declarations Read(GateDatasets task, Func<string?, string?> absolute, List<Diagnostic> diagnostics)
    {
        CheckWord("ValueImprintGateOn", task.GateOn, _gateOn, task.ProjectFile, diagnostics);
        CheckWord("ValueImprintSkip", task.Skip, ["true", "false"], task.ProjectFile, diagnostics);
        var datasets = DeclaredDataset.Read(task.Datasets, task.ProjectFile, absolute, diagnostics);
        var thresholds = DeclaredThresholds.Read(task.Thresholds, task.ProjectFile, diagnostics);
        var others = (task.OtherImprints ?? []).Select(item => absolute(item.ItemSpec)!).ToList(); // An item has a name.
        var projectPolicy = absolute(task.PolicyFile);
        var isEmpty = datasets.Count == 0 && others.Count == 0;
        diagnostics.AddRange(UnmatchedPatterns.Find(task.ProjectFile, task.Datasets ?? [], isEmpty));
        if (isEmpty && !task.PackOnly && diagnostics.Count == 0 && (task.AuditOnly || DeclaresPolicy(task, projectPolicy)))
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.NothingToJudge,
                new SourcePosition(task.ProjectFile),
                "The project has no ValueImprintDataset item, so there is nothing to gate. "
                + "Add <ValueImprintDataset Include=\"data/**/*.jsonl\" />, or set ValueImprintGateOn to 'none'."));
        }

        var policies = new Dictionary<string, Policy>(StringComparer.Ordinal);
        if (!isEmpty && !task.AuditOnly && !task.PackOnly)
        {
            RequireRules(datasets, thresholds, projectPolicy, others.Count > 0, task.ProjectFile, diagnostics);
            foreach (var path in datasets.Select(static dataset => dataset.Policy).Append(projectPolicy).OfType<string>().Distinct(StringComparer.Ordinal))
            {
                ReadPolicy(path, policies, diagnostics);
            }
        }

        return new Declarations(datasets, thresholds, others, projectPolicy, policies);
    }

    /// <summary>The policy of a plan; one without rules where the thresholds alone judge.</summary>
    public Policy PolicyOf(string? path) => path is not null && Policies.TryGetValue(path, out var policy) ? policy : Policy.Of();

    // A policy or thresholds that a whole solution shares don't make a dataset project of every library in it.
    private static bool DeclaresPolicy(GateDatasets task, string? projectPolicy)
    {
        var project = Path.GetFullPath(task.ProjectFile);
        var folder = Path.GetDirectoryName(project) + Path.DirectorySeparatorChar;
        return projectPolicy?.StartsWith(folder, StringComparison.Ordinal) == true
            || (task.Thresholds ?? []).Any(item => item.GetMetadata("DefiningProjectFullPath") == project);
    }

    private static void RequireRules(
        IReadOnlyList<DeclaredDataset> datasets, IReadOnlyList<CoverageRule> thresholds, string? projectPolicy, bool hasOthers, string projectFile, List<Diagnostic> diagnostics)
    {
        if (thresholds.Count > 0 || projectPolicy is not null)
        {
            return;
        }

        const string remedy = "Put a policy.yml beside the project, name one with ValueImprintPolicyFile, or add ValueImprintThreshold items.";
        diagnostics.AddRange(datasets.Where(static dataset => dataset.Policy is null).Select(static dataset => Diagnostic.Error(
            DiagnosticCatalogue.MissingKey, dataset.Position, $"{DeclaredDataset.ItemType} '{dataset.Include}' has nothing to be judged by. {remedy}")));
        if (hasOthers)
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.MissingKey, new SourcePosition(projectFile), $"The datasets of the referenced projects have nothing to be judged by. {remedy}"));
        }
    }

    // What it says of the taxonomy is judged once the imprint tells which one that is.
    private static void ReadPolicy(string path, Dictionary<string, Policy> policies, List<Diagnostic> diagnostics)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (Policy.TryRead(stream, path, out var policy, out var problems))
            {
                policies.Add(path, policy);
            }

            diagnostics.AddRange(problems);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, new SourcePosition(path), $"The policy can't be read: {fault.Message}"));
        }
    }

    private static void CheckWord(string property, string? word, IReadOnlyList<string> words, string projectFile, List<Diagnostic> diagnostics)
    {
        if (!string.IsNullOrEmpty(word) && !words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.UnknownWord,
                new SourcePosition(projectFile),
                $"The property {property} is '{word}'.{NearestWord.Hint(word, words)} Expected {string.Join(", ", words)}."));
        }
    }
}
