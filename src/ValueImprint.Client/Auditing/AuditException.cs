using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;

namespace ValueImprint.Client.Auditing;

/// <summary>A dataset could not be audited. Callers print the diagnostic and tell the exit code by its code's kind.</summary>
public sealed class AuditException : Exception
{
    internal AuditException(Diagnostic diagnostic, Exception? inner = null)
        : base(diagnostic.Message, inner)
    {
        Diagnostic = diagnostic;
    }

    /// <summary>What was found where, what was expected, what to do.</summary>
    public Diagnostic Diagnostic { get; }

    internal static AuditException From(ClientException fault) => new(fault.ToDiagnostic(), fault);

    internal static AuditException From(DatasetException fault) => new(
        Diagnostic.Error(
            fault.Problem is DatasetProblem.InvalidOption ? DiagnosticCatalogue.InvalidCommandLine : DiagnosticCatalogue.UnreadableInput, default, fault.Message),
        fault);
}
