using System.Globalization;
using Microsoft.Build.Utilities;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;
using ValueImprint.MSBuild.Surface;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>Warns of the first rejected rows, and at the end says how many more there were: a log must not grow with the dataset.</summary>
internal sealed class RejectedRows(TaskLoggingHelper log) : IDisposable
{
    // As many as the tool names.
    private const int MostNamed = 20;

    private long _rows;

    public void Report(Diagnostic rejected)
    {
        if (++_rows <= MostNamed)
        {
            log.Report(rejected);
        }
    }

    public void Dispose()
    {
        if (_rows > MostNamed)
        {
            log.Report(new Diagnostic(
                DiagnosticCatalogue.RejectedRow,
                DiagnosticSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"{_rows - MostNamed} more rows were rejected; `valueimprint audit FILE --rows ROWS` lists all of them."),
                default));
        }
    }
}
