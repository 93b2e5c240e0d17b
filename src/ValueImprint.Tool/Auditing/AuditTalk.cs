using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary>What an audit says in passing: the layouts found, and the first rejected rows.</summary>
internal sealed class AuditTalk(ToolConsole console) : IDisposable
{
    // The imprint counts all of them, and keeps as many places.
    private const int MostRejections = 20;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _layouts = [];
    private long _rejected;

    /// <summary>Says by which layout a file is read, once for each layout; files are opened on another thread than rows are counted on.</summary>
    public void OnFile(string file, LayoutDetection? layout)
    {
        lock (_lock)
        {
            var reason = layout?.Reason ?? "no rows";
            if (_layouts.Add(reason))
            {
                console.Note($"{file}: {reason}");
            }
        }
    }

    /// <summary>Says where a row was rejected and why.</summary>
    public void OnRejected(Diagnostic diagnostic)
    {
        if (++_rejected <= MostRejections)
        {
            console.Report([diagnostic]);
        }
    }

    /// <summary>Says how many rejected rows were not named.</summary>
    public void Dispose()
    {
        if (_rejected > MostRejections)
        {
            console.Report([new Diagnostic(
                DiagnosticCatalogue.RejectedRow,
                DiagnosticSeverity.Warning,
                $"{Counted.Of(_rejected - MostRejections, "more row was", "more rows were")} rejected; --rows FILE lists all of them.",
                default)]);
        }
    }
}
