using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Gate;

/// <summary>Turns a rule's level into the severity of what it finds.</summary>
internal static class Findings
{
    public static Diagnostic Of(DiagnosticCode code, RuleLevel level, SourcePosition position, string message) =>
        new(code, level == RuleLevel.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, message, position);

    /// <summary>What a broken rule of a level makes of the gate.</summary>
    public static Verdict VerdictOf(RuleLevel level) => level == RuleLevel.Error ? Verdict.Fail : Verdict.Warn;
}
