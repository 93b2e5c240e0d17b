using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Tool.Failures;

/// <summary>Ends a verb with diagnostics; their codes tell the exit code.</summary>
internal sealed class ToolException(IReadOnlyList<Diagnostic> diagnostics) : Exception(diagnostics[0].Message)
{
    public ToolException(DiagnosticCode code, string message, string? file = null)
        : this([Diagnostic.Error(code, new SourcePosition(file), message)])
    {
    }

    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
