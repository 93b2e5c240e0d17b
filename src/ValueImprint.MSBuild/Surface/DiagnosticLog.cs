using Microsoft.Build.Utilities;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;

namespace ValueImprint.MSBuild.Surface;

/// <summary>Hands diagnostics to MSBuild, which prints them in the canonical form that editors and CI services annotate.</summary>
internal static class DiagnosticLog
{
    private const string Category = "valueimprint";

    public static void Report(this TaskLoggingHelper log, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            log.Report(diagnostic);
        }
    }

    public static void Report(this TaskLoggingHelper log, Diagnostic diagnostic)
    {
        var (file, line, column) = diagnostic.Position;
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            log.LogError(null, diagnostic.Code.Id, null, diagnostic.HelpLink, file ?? Category, line, column, 0, 0, "{0}", diagnostic.Message);
        }
        else
        {
            log.LogWarning(null, diagnostic.Code.Id, null, diagnostic.HelpLink, file ?? Category, line, column, 0, 0, "{0}", diagnostic.Message);
        }
    }
}
