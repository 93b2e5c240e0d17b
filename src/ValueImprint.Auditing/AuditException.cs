using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing;

/// <summary>A dataset could not be audited. Callers print the diagnostic and tell the exit code by its code's kind.</summary>
/// <param name="diagnostic">What was found where, what was expected, what to do.</param>
/// <param name="inner">What led to it.</param>
public class AuditException(Diagnostic diagnostic, Exception? inner = null) : Exception(diagnostic.Message, inner)
{
    /// <summary>What was found where, what was expected, what to do; never dataset text.</summary>
    public Diagnostic Diagnostic => diagnostic;

    internal static AuditException OfOption(string problem) => new(Diagnostic.Error(DiagnosticCatalogue.InvalidCommandLine, default, problem));

    internal static AuditException From(DatasetException fault) => new(
        Diagnostic.Error(
            fault.Problem is DatasetProblem.InvalidOption ? DiagnosticCatalogue.InvalidCommandLine : DiagnosticCatalogue.UnreadableInput, default, fault.Message),
        fault);
}
