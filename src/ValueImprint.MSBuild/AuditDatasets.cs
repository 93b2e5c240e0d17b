using Microsoft.Build.Framework;
using ValueImprint.Client;
using ValueImprint.Auditing;
using ValueImprint.LocalServer;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Datasets;
using ValueImprint.MSBuild.Auditing;
using ValueImprint.MSBuild.Surface;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace ValueImprint.MSBuild;

/// <summary>
/// Audits the datasets of a project, an imprint for each policy, unless data, model and options are those of the imprint that is
/// there. A client of the server: no model is loaded into MSBuild.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class AuditDatasets : MSBuildTask, ICancelableTask, IIncrementalTask, IMultiThreadableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The <c>ValueImprintDataset</c> items.</summary>
    [Required]
    public ITaskItem[] Datasets { get; set; } = [];

    /// <summary>The policy file of datasets that name none; empty: they have none.</summary>
    public string? PolicyFile { get; set; }

    /// <summary>The project, for messages.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Addresses of servers, with commas between; empty: a local server is started.</summary>
    public string? Server { get; set; }

    /// <summary>File with the bearer token; empty: the environment variable <c>VALUEIMPRINT_TOKEN</c>, if it is set.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Folder of a model package for the local server, or name of a model of <see cref="Server"/>; empty: its default one.</summary>
    public string? Model { get; set; }

    /// <summary>The tool's assembly, which the local server is started from.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>The <c>dotnet</c> program that runs <see cref="Tool"/>.</summary>
    [Required]
    public string DotnetHost { get; set; } = "";

    /// <summary>Where imprints are written.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The imprints, each with the policy that it is to be judged by as metadata <c>Policy</c>.</summary>
    [Output]
    public ITaskItem[] Imprints { get; private set; } = [];

    /// <inheritdoc/>
    public bool FailIfNotIncremental { get; set; }

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = null!; // MSBuild sets it before it calls Execute.

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            AuditAsync(_cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false; // MSBuild says itself that the build was cancelled.
        }
        catch (AuditException fault)
        {
            Report(fault.Diagnostic);
        }
        catch (DatasetException fault)
        {
            Report(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, default, fault.Message));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Report(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, default, fault.Message));
        }

        return !Log.HasLoggedErrors;
    }

    private async Task AuditAsync(CancellationToken ct)
    {
        var diagnostics = new List<Diagnostic>();
        var datasets = DeclaredDataset.Read(Datasets, ProjectFile, diagnostics);
        var options = Options(diagnostics);
        var plans = AuditPlan.For(datasets, Absolute(PolicyFile), path => TaskEnvironment.GetAbsolutePath(path), Absolute(OutputFolder)!, diagnostics);
        Log.Report(diagnostics);
        if (Log.HasLoggedErrors)
        {
            return;
        }

        using var servers = new ServerChoice(options, LocalServerOptions(), Absolute(Tool)!, string.IsNullOrEmpty(Server) ? "" : Model ?? "");
        var audit = new IncrementalAudit(Log, servers, FailIfNotIncremental);
        var imprints = new List<ITaskItem>();
        foreach (var plan in plans)
        {
            if (await audit.RunAsync(plan, ct).ConfigureAwait(false))
            {
                imprints.Add(new ImprintItem(plan.ImprintPath, plan.Policy).ToItem());
            }
        }

        Imprints = [.. imprints];
    }

    private ClientOptions Options(List<Diagnostic> diagnostics)
    {
        IReadOnlyList<ServerAddress>? addresses = [];
        if (!string.IsNullOrEmpty(Server) && !ServerAddress.TryParseList(Server, out addresses, out var problem))
        {
            diagnostics.Add(Diagnostic.Error(
                DiagnosticCatalogue.InvalidCommandLine, new SourcePosition(ProjectFile), $"The property ValueImprintServer: {problem}"));
        }

        var tokenFile = Absolute(TokenFile);
        var token = TaskEnvironment.GetEnvironmentVariable("VALUEIMPRINT_TOKEN");
        return new ClientOptions
        {
            Servers = addresses ?? [],
            TokenFile = tokenFile,
            Token = tokenFile is null && !string.IsNullOrWhiteSpace(token) ? token.Trim() : null,
            OnInterruption = broken => Log.LogMessage(
                MessageImportance.High, "ValueImprint: {0}: the stream broke ({1}); {2} texts are sent again.", broken.Server, broken.Reason, broken.Unanswered),
        };
    }

    private LocalServerOptions LocalServerOptions() => new()
    {
        Command = new LocalServerCommand(DotnetHost, [Absolute(Tool)!, "serve"]),
        Environment = TaskEnvironment.GetEnvironmentVariables(),
        Version = ProductVersion.Text,
        ModelFolder = string.IsNullOrEmpty(Server) ? Absolute(Model) : null,
    };

    private string? Absolute(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(TaskEnvironment.GetAbsolutePath(path));

    private void Report(Diagnostic diagnostic) =>
        Log.Report(diagnostic.Position.File is null ? diagnostic with { Position = new SourcePosition(ProjectFile) } : diagnostic);
}
