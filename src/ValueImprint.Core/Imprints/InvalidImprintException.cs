using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Imprints;

/// <summary>Ends the reading of an imprint at the first thing that is wrong; never leaves <see cref="ImprintReader"/>.</summary>
internal sealed class InvalidImprintException(DiagnosticCode code, string message) : Exception(message)
{
    public DiagnosticCode Code { get; } = code;
}
