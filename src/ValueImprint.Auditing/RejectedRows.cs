using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Auditing;

/// <summary>Names the first rejected rows, and at the end says how many more there were: what is said must not grow with the dataset.</summary>
/// <param name="report">Takes warnings.</param>
/// <param name="remedy">What lists all of them, as a sentence.</param>
public sealed class RejectedRows(Action<Diagnostic> report, string remedy) : IDisposable
{
    // The imprint counts all of them, and keeps as many places.
    private const int MostNamed = 20;

    private long _rows;

    /// <summary>For <see cref="AuditOptions.OnRejected"/>.</summary>
    public void Report(Diagnostic rejected)
    {
        if (++_rows <= MostNamed)
        {
            report(rejected);
        }
    }

    /// <summary>Says how many were not named.</summary>
    public void Dispose()
    {
        if (_rows - MostNamed is > 0 and var more)
        {
            report(new Diagnostic(
                DiagnosticCatalogue.RejectedRow,
                DiagnosticSeverity.Warning,
                FormattableString.Invariant($"{more:N0} more {(more == 1 ? "row was" : "rows were")} rejected; {remedy}"),
                default));
        }
    }
}
