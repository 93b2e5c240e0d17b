using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.MSBuild.Surface;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace ValueImprint.MSBuild;

/// <summary>Refuses items and properties that make no sense, before an audit costs time.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckSurface : MSBuildTask, IMultiThreadableTask
{
    /// <summary>The <c>ValueImprintDataset</c> items.</summary>
    public ITaskItem[]? Datasets { get; set; }

    /// <summary>The <c>ValueImprintThreshold</c> items.</summary>
    public ITaskItem[]? Thresholds { get; set; }

    /// <summary>The project's policy file; empty: none.</summary>
    public string? PolicyFile { get; set; }

    /// <summary><c>ValueImprintGateOn</c>.</summary>
    public string? GateOn { get; set; }

    /// <summary><c>ValueImprintSkip</c>.</summary>
    public string? Skip { get; set; }

    /// <summary>The project, for messages.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = null!; // MSBuild sets it before it calls Execute.

    /// <inheritdoc/>
    public override bool Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var datasets = DeclaredDataset.Read(Datasets, ProjectFile, diagnostics);
        var rules = DeclaredThresholds.Read(Thresholds, ProjectFile, diagnostics);
        CheckWord("ValueImprintGateOn", GateOn, Surface.GateOn.Words, diagnostics);
        CheckWord("ValueImprintSkip", Skip, ["true", "false"], diagnostics);
        if (datasets.Count == 0)
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.NothingToJudge,
                new SourcePosition(ProjectFile),
                "The project has no ValueImprintDataset item, so there is nothing to gate. "
                + "Add <ValueImprintDataset Include=\"data/**/*.jsonl\" />, or set ValueImprintGateOn to 'none'."));
        }

        foreach (var dataset in datasets.Where(dataset => rules.Count == 0 && string.IsNullOrEmpty(PolicyFile) && dataset.Policy is null))
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.MissingKey,
                dataset.Position,
                $"{DeclaredDataset.ItemType} '{dataset.Path}' has nothing to be judged by. Put a policy.yml beside the project, "
                + "name one with ValueImprintPolicyFile, or add ValueImprintThreshold items."));
        }

        foreach (var policy in datasets.Select(static dataset => dataset.Policy).Append(PolicyFile).Where(static policy => !string.IsNullOrEmpty(policy)).Distinct(StringComparer.Ordinal))
        {
            CheckPolicy(policy!, diagnostics); // Where has left out the ones that are null.
        }

        Log.Report(diagnostics);
        return !Log.HasLoggedErrors;
    }

    // What it says of the taxonomy is judged once the imprint tells which one that is.
    private void CheckPolicy(string path, List<Diagnostic> diagnostics)
    {
        try
        {
            using var stream = File.OpenRead(TaskEnvironment.GetAbsolutePath(path));
            _ = Policy.TryRead(stream, path, out _, out var problems);
            diagnostics.AddRange(problems.Where(static problem => problem.Severity == DiagnosticSeverity.Error));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, new SourcePosition(path), $"The policy can't be read: {fault.Message}"));
        }
    }

    private void CheckWord(string property, string? word, IReadOnlyList<string> words, List<Diagnostic> diagnostics)
    {
        if (!string.IsNullOrEmpty(word) && !words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.UnknownWord,
                new SourcePosition(ProjectFile),
                $"The property {property} is '{word}'.{NearestWord.Hint(word, words)} Expected {string.Join(", ", words)}."));
        }
    }
}
