using System.Globalization;
using ValueImprint.Core.Documents;

namespace ValueImprint.Core.Diagnostics;

/// <summary>A message to a person: what was found where, what was expected, what to do. Never holds dataset text.</summary>
/// <param name="Code">The kind of finding.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Message">One line.</param>
/// <param name="Position">The place it is about.</param>
public sealed record Diagnostic(DiagnosticCode Code, DiagnosticSeverity Severity, string Message, SourcePosition Position)
{
    /// <summary>Where the code is explained.</summary>
    public string HelpLink => Code.HelpLink;

    /// <summary>An error at a place.</summary>
    public static Diagnostic Error(DiagnosticCode code, SourcePosition position, string message) =>
        new(code, DiagnosticSeverity.Error, message, position);

    /// <summary>The first ones, and in place of the rest one that says how many there are.</summary>
    public static IReadOnlyList<Diagnostic> Bounded(IReadOnlyList<Diagnostic> diagnostics, int most) => diagnostics.Count <= most ? diagnostics :
    [
        .. diagnostics.Take(most - 1),
        diagnostics.Skip(most - 1).MaxBy(static one => one.Severity)! with // Not null: there are some.
        {
            Message = FormattableString.Invariant($"And {diagnostics.Count - most + 1:N0} more, which are not listed here. Mend these first."),
        },
    ];

    /// <summary>
    /// The canonical form that MSBuild, editors and CI services recognise: <c>policy.yml(14,5): error VI1001: …</c>;
    /// without a file, the origin is <c>valueimprint</c>.
    /// </summary>
    public override string ToString()
    {
        var origin = Position.File is null ? "valueimprint" : Position.ToString();
        var severity = Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"{HarmlessText.Line(origin)}: {severity} {Code.Id}: {HarmlessText.Line(Message)}";
    }
}

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth a look; the verdict stays at <c>pass</c> or <c>warn</c>.</summary>
    Warning,

    /// <summary>Stops a build.</summary>
    Error,
}

/// <summary>A place in a file that a person can open.</summary>
/// <param name="File">Name of the file as the user gave it; <see langword="null"/> where there is none.</param>
/// <param name="Line">Line, from 1; 0 where it is not known.</param>
/// <param name="Column">Column, from 1; 0 where it is not known.</param>
public readonly record struct SourcePosition(string? File, int Line = 0, int Column = 0)
{
    /// <summary>The place in MSBuild's form: <c>policy.yml(14,5)</c>, or the bare file name.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => File ?? "",
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{File}({Line})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})"),
    };
}
