using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing;

/// <summary>An audit that came to its end.</summary>
/// <param name="Imprint">The counts.</param>
/// <param name="Files">The files in the order of the sources.</param>
/// <param name="Progress">The last report.</param>
public sealed record AuditResult(Imprint Imprint, IReadOnlyList<DatasetFileInfo> Files, AuditProgress Progress);

/// <summary>
/// Audits datasets: reads the files, has their texts classified and counts the results into an imprint. The imprint does not depend on
/// window, batches, the number of servers or broken connections. Memory does not grow with the dataset, unless duplicates are looked for.
/// </summary>
/// <param name="classifier">Where the texts are classified; stays the caller's.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class AuditRunner(IClassifier classifier, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Audits the files as one dataset.</summary>
    /// <param name="sources">At least one.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="ct">Ends the audit; nothing is left running.</param>
    /// <exception cref="AuditException">
    /// A file can't be read, no server could be used, too many rows were rejected, there is nothing to judge, or the checkpoint is of
    /// another audit.
    /// </exception>
    public async Task<AuditResult> RunAsync(IReadOnlyList<DatasetSource> sources, AuditOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new AuditOptions();
        try
        {
            options.Validate();
            return await AuditAsync(sources, options, ct).ConfigureAwait(false);
        }
        catch (DatasetException fault)
        {
            throw AuditException.From(fault);
        }
    }

    private async Task<AuditResult> AuditAsync(IReadOnlyList<DatasetSource> sources, AuditOptions options, CancellationToken ct)
    {
        var began = _time.GetTimestamp();
        var model = await classifier.GetModelAsync(options.Stream.Model, ct).ConfigureAwait(false);
        var checkpoints = await CheckpointKeeper.OpenAsync(sources, options, model, _time, ct).ConfigureAwait(false);
        var count = new AuditCount(model, options, sources, checkpoints?.Start);
        var source = new AuditSource(sources, options, count.Done);
        var reporter = new ProgressReporter(options, count, source, _time, began);
        var texts = classifier.ClassifyStreamAsync(
            source.ReadAsync(ct),
            static text => text.Text,
            options.Stream with { ExpectedModelHash = model.Facts.ContentHash },
            static text => text.Row.Place,
            ct);
        await foreach (var (text, outcome) in texts.ConfigureAwait(false))
        {
            foreach (var row in count.Add(text, outcome))
            {
                if (options.OnResult is { } onResult)
                {
                    await onResult(row, ct).ConfigureAwait(false);
                }
            }

            if (checkpoints is not null && text.EndsRow)
            {
                await checkpoints.TickAsync(count, _time.GetElapsedTime(began), ct).ConfigureAwait(false);
            }

            reporter.Tick();
        }

        var last = reporter.Finish();
        Judge(count, options, source);
        return new AuditResult(count.Build(_time.GetUtcNow(), _time.GetElapsedTime(began)), count.Files, last);
    }

    /// <summary>Says whether the counts are worth an imprint.</summary>
    /// <param name="count">All rows, or those of a shard.</param>
    /// <param name="options">The limit.</param>
    /// <param name="source">
    /// Has read the other shards' rows too: those that can't be read are judged over all, since a few bad ones in a small part would say little.
    /// </param>
    /// <exception cref="AuditException">Too many rows were rejected, or none was classified.</exception>
    internal static void Judge(AuditCount count, AuditOptions options, AuditSource? source = null)
    {
        var elsewhere = source?.RowsElsewhere ?? 0;
        var (read, rejected) = (count.RowsRead + elsewhere, count.RowsRejected + (source?.RejectionsElsewhere ?? 0));

        // In decimals and multiplied out: a share that is exactly the limit passes.
        if (rejected > options.MaxBadRowShare * read)
        {
            var limit = (double)options.MaxBadRowShare;
            var share = new Share(rejected, read).Value;
            throw new AuditException(Diagnostic.Error(
                DiagnosticCatalogue.TooManyBadRows,
                default,
                FormattableString.Invariant($"{rejected} of {read} rows ({ShareText.Percent(share, limit)}) were rejected, more than ")
                + $"{ShareText.Percent(limit, share)}. The first one is {count.FirstRejected ?? source?.FirstRejectedElsewhere?.ToString()} Mend the rows, name layout or fields, or allow more."));
        }

        // A shard may happen to be empty; its imprint adds nothing.
        if (count.Texts == 0 && elsewhere == 0)
        {
            throw new AuditException(Diagnostic.Error(
                DiagnosticCatalogue.NothingToJudge,
                default,
                FormattableString.Invariant($"{(count.Files.Count == 1 ? "The file has" : $"The {count.Files.Count} files have")} {(read == 1 ? "1 row" : $"{read} rows")}, and none was classified. ")
                + "Check that this is the dataset you meant."));
        }
    }
}
