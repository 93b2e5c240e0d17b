namespace ValueImprint.Core.Diagnostics;

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth a look; the verdict stays at <c>pass</c> or <c>warn</c>.</summary>
    Warning,

    /// <summary>Stops a build.</summary>
    Error,
}
