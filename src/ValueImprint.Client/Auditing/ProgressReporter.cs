namespace ValueImprint.Client.Auditing;

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
