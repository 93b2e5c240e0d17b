using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing;

/// <summary>How datasets are audited.</summary>
public sealed record AuditOptions
{
    /// <summary>How the files are read.</summary>
    public DatasetReaderOptions Reading { get; init; } = DatasetReaderOptions.Default;

    /// <summary>Model, abstention threshold, window and batches. Window and batches change nothing about the imprint.</summary>
    public ClassifyStreamOptions Stream { get; init; } = ClassifyStreamOptions.Default;

    /// <summary>Largest share of rows that may be rejected, in [0, 1]; default 0.001 (0.1 %). Judged at the end, and exactly.</summary>
    public decimal MaxBadRowShare { get; init; } = 0.001m;

    /// <summary>Leave out rows whose texts are all those of an earlier row, in any of the files; default no.</summary>
    public bool SkipDuplicates { get; init; }

    /// <summary>
    /// Leave out rows that resemble an earlier row which was not left out, see <see cref="NearDuplicateFilter"/>; default no. They are
    /// counted apart from duplicates, which go before where both are asked for.
    /// </summary>
    public bool SkipNearDuplicates { get; init; }

    /// <summary>Most rows that near-duplicates are looked for among, 1 to 50,000,000; default 2,000,000, which take 512 MiB.</summary>
    public int MaxNearTrackedRows { get; init; } = NearDuplicateFilter.DefaultMaxDistinct;

    /// <summary>When two rows count as the same; default <see cref="TextLikeness.Exact"/>.</summary>
    public TextLikeness DuplicateLikeness { get; init; } = TextLikeness.Exact;

    /// <summary>Most different rows that duplicates are looked for among, 1 to 100,000,000; default 10,000,000, which take 256 MiB, and half as much again while the table grows.</summary>
    public int MaxTrackedRows { get; init; } = 10_000_000;

    /// <summary>
    /// Count the rows of this shard alone, null (default) all of them. Which rows it has depends on the rows' texts, so that equal rows are
    /// in one shard and <see cref="SkipDuplicates"/> means the same; all files are read.
    /// </summary>
    public Shard? Shard { get; init; }

    /// <summary>Where the state is kept, to go on from after the process was killed; null (default): nowhere.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Put the dataset's texts into the results of single texts; default no.</summary>
    public bool IncludeText { get; init; }

    /// <summary>What makes the imprint, for its provenance: such as <c>valueimprint 1.0.0</c>.</summary>
    public string? Tool { get; init; }

    /// <summary>Shortest time between two reports of progress; default 200 ms.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Told how far the audit is, now and then and at the end; one call at a time.</summary>
    public Action<AuditProgress>? OnProgress { get; init; }

    /// <summary>Told by which layout each file is read, when it is opened; null: it has no rows. From any thread.</summary>
    public Action<string, LayoutDetection?>? OnFile { get; init; }

    /// <summary>Told of each rejected row, as a warning with its place, in the order of the rows.</summary>
    public Action<Diagnostic>? OnRejected { get; init; }

    /// <summary>Given the result of each text and each rejected row, in the order of the rows; the audit waits for it.</summary>
    public Func<RowResult, CancellationToken, ValueTask>? OnResult { get; init; }

    internal void Validate()
    {
        var problem =
            MaxBadRowShare is < 0 or > 1 ? FormattableString.Invariant($"MaxBadRowShare is {MaxBadRowShare}; expected a share from 0 to 1.")
            : MaxTrackedRows is < 1 or > 100_000_000 ? $"MaxTrackedRows is {MaxTrackedRows}; expected 1 to 100000000."
            : MaxNearTrackedRows is < 1 or > 50_000_000 ? $"MaxNearTrackedRows is {MaxNearTrackedRows}; expected 1 to 50000000."
            : ProgressInterval < TimeSpan.Zero ? "ProgressInterval is negative."
            : Checkpoint is { } checkpoint && checkpoint.Interval <= TimeSpan.Zero ? "The checkpoint's interval is not above zero."
            : null;
        if (problem is not null)
        {
            throw AuditException.OfOption(problem);
        }

        Stream.Validate();
    }
}
