using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.MSBuild.Surface;
using MSBuildTask = Microsoft.Build.Utilities.Task;
using ValueImprint.Reports.Markdown;

namespace ValueImprint.MSBuild;

/// <summary>Judges imprints by their policies. Reads files of a few kilobytes and needs no model.</summary>
[MSBuildMultiThreadableTask]
public sealed class GateImprints : MSBuildTask, IMultiThreadableTask
{
    /// <summary>The imprints of <see cref="AuditDatasets"/>.</summary>
    [Required]
    public ITaskItem[] Imprints { get; set; } = [];

    /// <summary>The <c>ValueImprintThreshold</c> items: rules for every imprint, beside those of its policy.</summary>
    public ITaskItem[]? Thresholds { get; set; }

    /// <summary>Imprint of the accepted dataset that rules on drift compare with; empty: none.</summary>
    public string? Baseline { get; set; }

    /// <summary>The project, for messages.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The files to pack, with their name in the package as metadata <c>PackageName</c>.</summary>
    [Output]
    public ITaskItem[] PackageFiles { get; private set; } = [];

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = null!; // MSBuild sets it before it calls Execute.

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            var diagnostics = new List<Diagnostic>();
            var thresholds = DeclaredThresholds.Read(Thresholds, ProjectFile, diagnostics);
            Log.Report(diagnostics);
            PackageFiles = [.. Imprints.Select(static item => ImprintItem.From(item)).SelectMany(imprint => Gate(imprint, thresholds))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.Report(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, new SourcePosition(ProjectFile), fault.Message));
        }

        return !Log.HasLoggedErrors;
    }

    private IEnumerable<ITaskItem> Gate(ImprintItem item, IReadOnlyList<CoverageRule> thresholds)
    {
        var policy = ReadPolicy(item.Policy);
        var imprint = ReadImprint(item.Path);
        var baseline = string.IsNullOrEmpty(Baseline) ? null : ReadImprint(TaskEnvironment.GetAbsolutePath(Baseline));
        if (policy is null || imprint is null || Log.HasLoggedErrors)
        {
            return [];
        }

        var result = GateEvaluator.Judge(imprint, policy.With(thresholds), baseline);
        Log.Report(result.Diagnostics);
        if (result.Verdict is Verdict.Fail or Verdict.Inconclusive)
        {
            return [];
        }

        Log.LogMessage(MessageImportance.High, "{0}", GateLine.For(result));
        WriteSummary(result, item.SummaryPath);
        return [Packed(item.Path), Packed(item.SummaryPath)];
    }

    // A summary that says what it said keeps its time, so that NuGet sees that the package need not be made again.
    private static void WriteSummary(GateResult result, string path)
    {
        using var summary = new StringWriter(CultureInfo.InvariantCulture);
        MarkdownReport.Write(result, summary);
        if (!File.Exists(path) || File.ReadAllText(path) != summary.ToString())
        {
            File.WriteAllText(path, summary.ToString());
        }
    }

    private Policy? ReadPolicy(string? path)
    {
        if (path is null)
        {
            return Policy.Of();
        }

        using var stream = File.OpenRead(TaskEnvironment.GetAbsolutePath(path));
        _ = Policy.TryRead(stream, path, out var policy, out var problems);
        Log.Report(problems);
        return policy;
    }

    private Imprint? ReadImprint(string path)
    {
        using var stream = File.OpenRead(path);
        _ = ImprintReader.TryRead(stream, path, out var imprint, out var problems);
        Log.Report(problems);
        return imprint;
    }

    private static TaskItem Packed(string path)
    {
        var item = new TaskItem(path);
        item.SetMetadata("PackageName", Path.GetFileName(path));
        return item;
    }
}
