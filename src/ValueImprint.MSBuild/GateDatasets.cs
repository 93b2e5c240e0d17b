using System.Collections;
using System.Globalization;
using Microsoft.Build.Framework;
using ValueImprint.Auditing;
using ValueImprint.Client;
using ValueImprint.Core;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.LocalServer;
using ValueImprint.MSBuild.Auditing;
using ValueImprint.MSBuild.Surface;
using ValueImprint.Reports.Markdown;
using MSBuildTask = Microsoft.Build.Utilities.Task;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace ValueImprint.MSBuild;

/// <summary>
/// Audits the datasets of a project, an imprint for each policy, unless data, model and options are those of the imprint that is
/// there, and judges the imprints. A client of the server: no model is loaded into MSBuild.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class GateDatasets : MSBuildTask, ICancelableTask, IIncrementalTask, IMultiThreadableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The <c>ValueImprintDataset</c> items.</summary>
    public ITaskItem[]? Datasets { get; set; }

    /// <summary>The <c>ValueImprintThreshold</c> items: rules for every imprint, beside those of its policy.</summary>
    public ITaskItem[]? Thresholds { get; set; }

    /// <summary>Imprints of other projects, which the project's own policy judges together with its datasets.</summary>
    public ITaskItem[]? OtherImprints { get; set; }

    /// <summary>The policy file of datasets that name none; empty: they have none.</summary>
    public string? PolicyFile { get; set; }

    /// <summary>Imprint of the accepted dataset that rules on drift compare with; empty: none.</summary>
    public string? Baseline { get; set; }

    /// <summary><c>ValueImprintGateOn</c>.</summary>
    public string? GateOn { get; set; }

    /// <summary><c>ValueImprintSkip</c>.</summary>
    public string? Skip { get; set; }

    /// <summary>Leave the judgement to somebody else: policies are not read.</summary>
    public bool AuditOnly { get; set; }

    /// <summary>Name the datasets that belong into the package, and audit and judge nothing.</summary>
    public bool PackOnly { get; set; }

    /// <summary>Full path of the project.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Addresses of servers, with commas between; empty: a local server is started.</summary>
    public string? Server { get; set; }

    /// <summary>File with the bearer token; empty: none.</summary>
    public string? TokenFile { get; set; }

    /// <summary>PEM file of the authorities to trust for https; empty: the system's.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Folder of a model package for the local server, or name of a model of <see cref="Server"/>; empty: its default one.</summary>
    public string? Model { get; set; }

    /// <summary>The tool's assembly, which the local server is started from.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The <c>dotnet</c> program that runs <see cref="Tool"/>; empty: the one on the path.</summary>
    public string? DotnetHost { get; set; }

    /// <summary>Where imprints are written.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The imprints.</summary>
    [Output]
    public ITaskItem[] Imprints { get; private set; } = [];

    /// <summary>
    /// What passed and belongs into the package: imprints, summaries and datasets, each with its place there as <c>PackagePath</c>; with
    /// <see cref="PackOnly"/> the datasets alone.
    /// </summary>
    [Output]
    public ITaskItem[] PackageFiles { get; private set; } = [];

    /// <inheritdoc/>
    public bool FailIfNotIncremental { get; set; }

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = null!; // MSBuild sets it before it calls Execute; a task host of it does not.

    private string ProjectFolder => Path.GetDirectoryName(ProjectFile)!; // A full path of a file has a folder.

    private string ProjectName => Path.GetFileNameWithoutExtension(ProjectFile);

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            GateAsync(_cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false; // MSBuild says itself that the build was cancelled.
        }
        catch (AuditException fault)
        {
            Report(fault.Diagnostic);
        }
        catch (Exception fault) when (fault is DatasetException or IOException or UnauthorizedAccessException)
        {
            Report(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, default, fault.Message));
        }

        return !Log.HasLoggedErrors;
    }

    private async Task GateAsync(CancellationToken ct)
    {
        var diagnostics = new List<Diagnostic>();
        var declared = Declarations.Read(this, Absolute, diagnostics);
        var options = Options(diagnostics);
        Log.Report(diagnostics);
        if (PackOnly)
        {
            PackageFiles = [.. AuditPlan.DatasetFiles(declared.Datasets, ProjectFolder)];
            return;
        }

        var baseline = string.IsNullOrEmpty(Baseline) || AuditOnly || Log.HasLoggedErrors ? null : ImprintFile.Read(Absolute(Baseline)!, Log);
        if (Log.HasLoggedErrors)
        {
            return;
        }

        using var servers = new ServerChoice(options, LocalServerOptions(), Absolute(Tool)!, string.IsNullOrEmpty(Server) ? "" : Model ?? "");
        var audit = new IncrementalAudit(Log, ProjectName, servers, FailIfNotIncremental);
        var (imprints, packed) = (new List<ITaskItem>(), new List<ITaskItem>());
        foreach (var plan in AuditPlan.For(declared, Absolute(OutputFolder)!)) // A required parameter.
        {
            if (await audit.RunAsync(plan, ct).ConfigureAwait(false) is not { } imprint)
            {
                continue;
            }

            imprints.Add(new TaskItem(plan.ImprintPath));
            if (!AuditOnly && Passes(imprint, plan, declared, baseline))
            {
                packed.AddRange(plan.PackageFiles(ProjectFolder));
            }
        }

        (Imprints, PackageFiles) = ([.. imprints], [.. packed]);
    }

    private bool Passes(Imprint imprint, AuditPlan plan, Declarations declared, Imprint? baseline)
    {
        var result = GateEvaluator.Judge(imprint, plan.Policy.With(declared.Thresholds), baseline);
        Log.Report(result.Diagnostics);
        if (result.Verdict is Verdict.Fail or Verdict.Inconclusive)
        {
            return false;
        }

        Log.LogMessage(
            MessageImportance.High,
            "ValueImprint: {0}",
            string.Create(CultureInfo.InvariantCulture, $"{ProjectName}: {result.Verdict.Name()}; {Counted(result.Rules.Count, "rule")}, {Counted(imprint.Texts, "text")} of {Counted(imprint.Rows.Read, "row")}."));
        WriteSummary(result, plan.SummaryPath);
        return true;
    }

    // A summary that says what it said keeps its time, so that NuGet sees that the package need not be made again. It goes into a
    // package, so the policy is named as seen from the project, not from this machine's root.
    private void WriteSummary(GateResult result, string path)
    {
        var source = result.Policy.Source.Length == 0 ? "" : Path.GetRelativePath(ProjectFolder, result.Policy.Source);
        using var summary = new StringWriter(CultureInfo.InvariantCulture);
        MarkdownReport.Write(result with { Policy = result.Policy with { Source = source.Replace('\\', '/') } }, summary);
        if (!File.Exists(path) || File.ReadAllText(path) != summary.ToString())
        {
            File.WriteAllText(path, summary.ToString());
        }
    }

    private ClientOptions Options(List<Diagnostic> diagnostics)
    {
        IReadOnlyList<ServerAddress>? addresses = [];
        if (!string.IsNullOrEmpty(Server) && !ServerAddress.TryParseList(Server, out addresses, out var problem))
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.InvalidCommandLine, new SourcePosition(ProjectFile), $"The property ValueImprintServer: {problem}"));
        }

        return new ClientOptions
        {
            Servers = addresses ?? [],
            TokenFile = Absolute(TokenFile),
            AuthorityFile = Absolute(AuthorityFile),
            OnInterruption = broken => Log.LogMessage(
                MessageImportance.High, "ValueImprint: {0}: the stream broke ({1}); {2} texts are sent again.", broken.Server, broken.Reason, broken.Unanswered),
        };
    }

    private LocalServerOptions LocalServerOptions() => new()
    {
        Command = new LocalServerCommand(string.IsNullOrEmpty(DotnetHost) ? "dotnet" : DotnetHost, [Absolute(Tool)!, "serve"]),
        Environment = Variables(),
        Version = ProductVersion.Text,
        ModelFolder = string.IsNullOrEmpty(Server) ? BuiltInModels.Find(Model ?? "", Path.GetDirectoryName(Absolute(Tool))!) ?? Absolute(Model) : null, // A full path of a file has a folder.
    };

    private static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private string? Absolute(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path, ProjectFolder);

    // A process of MSBuild's runs several projects at once, each with variables of its own; a task host runs one task, and has but its own.
    private IReadOnlyDictionary<string, string> Variables() => TaskEnvironment is { } environment
        ? environment.GetEnvironmentVariables()
        : Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static pair => (string)pair.Key, static pair => (string?)pair.Value ?? "");

    private void Report(Diagnostic diagnostic) =>
        Log.Report(diagnostic.Position.File is null ? diagnostic with { Position = new SourcePosition(ProjectFile) } : diagnostic);
}
