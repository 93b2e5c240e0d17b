using ValueImprint.Auditing;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Inference.Models;

namespace ValueImprint.Tool.Failures;

/// <summary>The one place that says what a failure means to the caller: diagnostics and an exit code.</summary>
internal static class FailureMap
{
    /// <summary>What to say of a failure; nothing of a cancellation, which is none.</summary>
    public static IReadOnlyList<Diagnostic> Describe(Exception failure) => failure switch
    {
        ToolException told => told.Diagnostics,
        OperationCanceledException => [],
        AuditException told => [told.Diagnostic],
        DatasetException told => [Error(told.Problem == DatasetProblem.InvalidOption ? DiagnosticCatalogue.InvalidCommandLine : DiagnosticCatalogue.UnreadableInput, told.Message)],
        ModelPackageException told => [Error(DiagnosticCatalogue.NoModel, told.Message)],
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or IOException =>
            [Error(DiagnosticCatalogue.UnreadableInput, failure.Message)],
        _ => [Error(DiagnosticCatalogue.InternalFault, $"{failure.GetType().Name}: {OneLine(failure.Message)} Run again with --verbose for the details.")],
    };

    /// <summary>The exit code of a failure.</summary>
    public static ExitCode ExitCodeOf(Exception failure) =>
        failure is OperationCanceledException ? ExitCode.Cancelled : ExitCodeOf(Describe(failure));

    /// <summary>The exit code of diagnostics: a fault of ours before a fault of the policy before unreadable input before a verdict.</summary>
    public static ExitCode ExitCodeOf(IEnumerable<Diagnostic> diagnostics)
    {
        var kinds = diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error).Select(static one => one.Code.Kind).ToHashSet();
        return kinds.Contains(DiagnosticKind.Internal) ? ExitCode.InternalFault
            : kinds.Contains(DiagnosticKind.Usage) ? ExitCode.Usage
            : kinds.Contains(DiagnosticKind.Input) ? ExitCode.CouldNotJudge
            : kinds.Count > 0 ? ExitCode.PolicyFailed
            : ExitCode.Pass;
    }

    /// <summary>The exit code of a gate. Whatever is not judged is not a pass.</summary>
    public static ExitCode ExitCodeOf(GateResult result) => result.Verdict switch
    {
        Verdict.Pass or Verdict.Warn => ExitCode.Pass,
        Verdict.Fail => ExitCode.PolicyFailed,
        _ => result.Diagnostics.Any(static one => one.Code.Kind == DiagnosticKind.Usage) ? ExitCode.Usage : ExitCode.CouldNotJudge,
    };

    private static Diagnostic Error(DiagnosticCode code, string message) => Diagnostic.Error(code, default, message);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}

/// <summary>What the process answers to its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done; a policy passed, perhaps with warnings.</summary>
    Pass = 0,

    /// <summary>The dataset does not show what the policy asks for.</summary>
    PolicyFailed = 1,

    /// <summary>The command line or the policy says something impossible.</summary>
    Usage = 2,

    /// <summary>No verdict: unreadable input, no model, no rows, too many bad rows.</summary>
    CouldNotJudge = 3,

    /// <summary>A fault of ValueImprint.</summary>
    InternalFault = 70,

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    Cancelled = 130,
}

/// <summary>Ends a verb with diagnostics; their codes tell the exit code.</summary>
internal sealed class ToolException(IReadOnlyList<Diagnostic> diagnostics) : Exception(diagnostics[0].Message)
{
    public ToolException(DiagnosticCode code, string message, string? file = null)
        : this([Diagnostic.Error(code, new SourcePosition(file), message)])
    {
    }

    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
