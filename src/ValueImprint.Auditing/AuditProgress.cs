namespace ValueImprint.Auditing;

/// <summary>How far an audit is.</summary>
/// <param name="RowsRead">Rows dealt with: classified, rejected or left out as duplicates.</param>
/// <param name="RowsRejected">Of these, the rejected ones.</param>
/// <param name="RowsDuplicate">Of these, the duplicates left out.</param>
/// <param name="Texts">Texts answered.</param>
/// <param name="BytesRead">Bytes of the files read, at most a window ahead of the rows.</param>
/// <param name="TotalBytes">Bytes of all files; null where one's size is not known before its end.</param>
/// <param name="Elapsed">Time since the start.</param>
public readonly record struct AuditProgress(
    long RowsRead, long RowsRejected, long RowsDuplicate, long Texts, long BytesRead, long? TotalBytes, TimeSpan Elapsed)
{
    /// <summary>Texts of <see cref="Texts"/> that were answered before this run, which goes on from a checkpoint.</summary>
    public long TextsBefore { get; init; }

    /// <summary>Texts a second since the start of this run.</summary>
    public double TextsPerSecond => Elapsed > TimeSpan.Zero ? (Texts - TextsBefore) / Elapsed.TotalSeconds : 0;

    /// <summary>The time that the rest will take at the same pace; null while nothing tells.</summary>
    public TimeSpan? Remaining => TotalBytes is { } total && BytesRead > 0 && Texts > TextsBefore
        ? Elapsed * (Math.Max(0, total - BytesRead) / (double)BytesRead)
        : null;
}

/// <summary>Reports progress, but not more often than the caller cares to see.</summary>
internal sealed class ProgressReporter(AuditOptions options, AuditCount count, AuditSource source, TimeProvider time, long began)
{
    private long _last = time.GetTimestamp();

    public void Tick()
    {
        if (options.OnProgress is not null && time.GetElapsedTime(_last) >= options.ProgressInterval)
        {
            _last = time.GetTimestamp();
            options.OnProgress(Now());
        }
    }

    public AuditProgress Finish()
    {
        var last = Now();
        options.OnProgress?.Invoke(last);
        return last;
    }

    private AuditProgress Now() => new(
        count.RowsRead, count.RowsRejected, count.RowsDuplicate, count.Texts, source.BytesRead, source.TotalBytes, time.GetElapsedTime(began))
    {
        TextsBefore = count.TextsBefore,
    };
}
