using System.Runtime.CompilerServices;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing;

/// <summary>The texts of all files, one file after the other; of a shard, those of its rows.</summary>
/// <param name="sources">The files.</param>
/// <param name="options">How they are read.</param>
/// <param name="done">
/// Rows at the beginning that an earlier run has counted. They are read again, for the files' hashes and to know their duplicates, but
/// not handed out.
/// </param>
internal sealed class AuditSource(IReadOnlyList<DatasetSource> sources, AuditOptions options, long done = 0)
{
    private readonly ShardRule? _shard = options.Shard is { } shard ? new ShardRule(shard, options.DuplicateLikeness) : null;
    private readonly DuplicateFilter? _duplicates = options.SkipDuplicates ? new DuplicateFilter(options.MaxTrackedRows) : null;
    private readonly NearDuplicateFilter? _near = options.SkipNearDuplicates ? new NearDuplicateFilter(options.MaxNearTrackedRows) : null;
    private DatasetReader? _current;
    private long _finishedBytes;
    private long _read;
    private long _elsewhere;
    private RejectedRow? _rejectedElsewhere;
    private long _rejectionsElsewhere;

    /// <summary>Bytes of all files; null where one's size is not known.</summary>
    public long? TotalBytes { get; } = TotalOf(sources);

    /// <summary>Bytes read so far; may be asked for from another thread.</summary>
    public long BytesRead => Interlocked.Read(ref _finishedBytes) + (Volatile.Read(ref _current)?.BytesRead ?? 0);

    /// <summary>Rows of other shards. To be asked for at the end, as are the next ones.</summary>
    public long RowsElsewhere => Interlocked.Read(ref _elsewhere);

    /// <summary>Of these, the ones that could not be read.</summary>
    public long RejectionsElsewhere => Interlocked.Read(ref _rejectionsElsewhere);

    /// <summary>The first row of another shard that could not be read.</summary>
    public RejectedRow? FirstRejectedElsewhere => Volatile.Read(ref _rejectedElsewhere);

    public async IAsyncEnumerable<AuditText> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var index = 0; index < sources.Count; index++)
        {
            await foreach (var row in ReadFileAsync(index, ct).ConfigureAwait(false))
            {
                foreach (var text in row.Split())
                {
                    yield return text;
                }
            }
        }
    }

    private async IAsyncEnumerable<AuditRow> ReadFileAsync(int index, [EnumeratorCancellation] CancellationToken ct)
    {
        var source = sources[index];
        var reader = await DatasetReader.OpenAsync(source, options.Reading, ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            options.OnFile?.Invoke(source.Name, reader.Layout);
            Volatile.Write(ref _current, reader);
            await foreach (var item in reader.ReadAsync(ct).ConfigureAwait(false))
            {
                if (RowOf(index, item) is { } row && row.Ordinal >= done)
                {
                    yield return row;
                }
            }

            // Set once the last row is read.
            var file = reader.File!;
            Volatile.Write(ref _current, null);
            Interlocked.Add(ref _finishedBytes, file.Bytes);
            yield return new AuditRow(index, source.Name, 0) { EndOfFile = file };
        }
    }

    // Null for a row of another shard.
    private AuditRow? RowOf(int index, DatasetItem item)
    {
        var ordinal = _read++;

        // Of all shards: a row may resemble one of another shard.
        var isNear = item is DatasetRecord candidate && _near?.TryAdd(candidate) is false;
        if (_shard?.Holds(item) is false)
        {
            CountElsewhere(item);
            return null;
        }

        var row = new AuditRow(index, item.File, item.Line) { Ordinal = ordinal, Number = item.Row };
        return item is not DatasetRecord record ? row with { Rejected = Reason((RejectedRow)item) }
            : _duplicates?.TryAdd(TextFingerprint.Of(record, options.DuplicateLikeness)) is false ? row with { Id = record.Id, IsDuplicate = true }
            : isNear ? row with { Id = record.Id, IsDuplicate = true, IsNear = true }
            : row with { Id = record.Id, Texts = record.Texts };
    }

    private static (string Reason, string Message) Reason(RejectedRow row) => (row.Reason.Code(), row.Message);

    private void CountElsewhere(DatasetItem item)
    {
        Interlocked.Increment(ref _elsewhere);
        if (item is RejectedRow rejected)
        {
            Interlocked.Increment(ref _rejectionsElsewhere);
            Volatile.Write(ref _rejectedElsewhere, _rejectedElsewhere ?? rejected);
        }
    }

    private static long? TotalOf(IReadOnlyList<DatasetSource> sources)
    {
        var total = 0L;
        foreach (var source in sources)
        {
            var file = new FileInfo(source.Name);
            if (source.Name == DatasetSource.StandardInputName || !file.Exists)
            {
                return null;
            }

            total += file.Length;
        }

        return total;
    }
}

/// <summary>
/// Says which rows a shard has, by the row alone: by its texts, so that all equal rows are in one shard and duplicates are found there,
/// whatever the files are called and in whatever order they come. A row that can't be read has no texts, and goes by its place.
/// </summary>
internal sealed class ShardRule(Shard shard, TextLikeness likeness)
{
    public bool Holds(DatasetItem item)
    {
        var fingerprint = item is DatasetRecord record
            ? TextFingerprint.Of(record, likeness)
            : TextFingerprint.Of(FormattableString.Invariant($"{Path.GetFileName(item.File)}\n{item.Row}"));

        // The other half of the fingerprint finds the slots of tables, which stay evenly filled this way.
        return (int)(fingerprint.High % (ulong)shard.Count) == shard.Index - 1;
    }
}
