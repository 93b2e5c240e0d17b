using Microsoft.Build.Utilities;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Datasets;

namespace ValueImprint.MSBuild.Surface;

/// <summary>Hands diagnostics to MSBuild, which prints them in the canonical form that editors and CI services annotate.</summary>
internal static class DiagnosticLog
{
    private const string Category = "valueimprint";
    private const int MaxReported = 50;

    public static void Report(this TaskLoggingHelper log, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in Diagnostic.Bounded([.. diagnostics], MaxReported))
        {
            log.Report(diagnostic);
        }
    }

    public static void Report(this TaskLoggingHelper log, Diagnostic diagnostic)
    {
        var (file, line, column) = diagnostic.Position;
        (file, var message) = (HarmlessText.Line(file ?? Category), HarmlessText.Line(diagnostic.Message));
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            log.LogError(null, diagnostic.Code.Id, null, diagnostic.HelpLink, file, line, column, 0, 0, "{0}", message);
        }
        else
        {
            log.LogWarning(null, diagnostic.Code.Id, null, diagnostic.HelpLink, file, line, column, 0, 0, "{0}", message);
        }
    }
}
