using System.Security.Cryptography;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Checkpoints;

/// <summary>Finds the state to go on from, and keeps it up to date while the audit runs.</summary>
internal sealed class CheckpointKeeper
{
    private readonly CheckpointOptions _options;
    private readonly TimeProvider _time;
    private long _last;

    private CheckpointKeeper(CheckpointOptions options, AuditCheckpoint start, TimeProvider time) =>
        (_options, Start, _time, _last) = (options, start, time, time.GetTimestamp());

    /// <summary>Where this run begins.</summary>
    public AuditCheckpoint Start { get; }

    /// <summary>Looks for a state; null where none is to be kept.</summary>
    /// <exception cref="AuditException">There is one of another audit, or a file can't be read or written.</exception>
    public static async Task<CheckpointKeeper?> OpenAsync(
        IReadOnlyList<DatasetSource> sources, AuditOptions options, ClassifierModel model, TimeProvider time, CancellationToken ct)
    {
        if (options.Checkpoint is not { } checkpoint)
        {
            return null;
        }

        var fresh = new AuditCheckpoint
        {
            Files = await HashAsync(sources, ct).ConfigureAwait(false),
            Options = AuditConditions.Of(options),
            Imprint = Imprint.Empty(model.AbstainingBelow(options.Stream.AbstainBelow).Facts, model.Taxonomy),
        };
        try
        {
            var found = File.Exists(checkpoint.Path) ? Read(checkpoint.Path, fresh) : null;
            if (checkpoint.Results is { } results)
            {
                await results.ContinueAsync(found?.Results, ct).ConfigureAwait(false);
            }

            if (found is null)
            {
                // At once, so that a folder that can't be written to is known before the work is done.
                CheckpointFile.Write(checkpoint.Path, fresh with { Results = checkpoint.Results is null ? null : await checkpoint.Results.MarkAsync(ct).ConfigureAwait(false) });
            }
            else
            {
                checkpoint.OnResume?.Invoke(found.Done);
            }

            return new CheckpointKeeper(checkpoint, found ?? fresh, time);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(checkpoint.Path, $"{fault.Message.TrimEnd('.')}. Name a file in a folder that you may read and write");
        }
    }

    /// <summary>Keeps the state when it is time. To be called between two rows.</summary>
    /// <param name="count">The state.</param>
    /// <param name="duration">Of this run alone.</param>
    /// <param name="ct">Ends the wait for other results.</param>
    public async ValueTask TickAsync(AuditCount count, TimeSpan duration, CancellationToken ct)
    {
        if (_time.GetElapsedTime(_last) < _options.Interval)
        {
            return;
        }

        // Other results come first: the counts must never be ahead of them.
        var mark = _options.Results is { } results ? await results.MarkAsync(ct).ConfigureAwait(false) : (ResultsMark?)null;
        try
        {
            CheckpointFile.Write(_options.Path, Start with
            {
                Done = count.Done,
                Texts = count.Texts,
                FirstRejected = count.FirstRejected,
                Results = mark,
                Imprint = count.Build(_time.GetUtcNow(), duration),
            });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(_options.Path, $"{fault.Message.TrimEnd('.')}. Make room, and run again");
        }

        _last = _time.GetTimestamp();
    }

    private static AuditCheckpoint Read(string path, AuditCheckpoint now)
    {
        const string advice = "Repeat that audit as it was, name another file, or delete this one to begin anew";
        return !CheckpointFile.TryRead(path, out var found, out var problem) ? throw Refused(path, $"{problem}. {advice}")
            : AuditCheckpoint.Difference(found, now) is { } difference ? throw Refused(path, $"it was written by another audit: {difference}. {advice}")
            : found;
    }

    // The hash of a whole file tells on resuming that it is the same, before any work is done.
    private static async Task<IReadOnlyList<DatasetFile>> HashAsync(IReadOnlyList<DatasetSource> sources, CancellationToken ct)
    {
        var files = new List<DatasetFile>();
        foreach (var source in sources)
        {
            if (source.Name == DatasetSource.StandardInputName || !File.Exists(source.Name))
            {
                throw Refused(source.Name, "it can't be read twice, which a checkpoint needs. Name a file");
            }

            var stream = new FileStream(source.Name, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 17 });
            await using (stream.ConfigureAwait(false))
            {
                files.Add(new DatasetFile(
                    Path.GetFileName(source.Name), stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct).ConfigureAwait(false))));
            }
        }

        return files;
    }

    private static AuditException Refused(string path, string why) =>
        new(Diagnostic.Error(DiagnosticCatalogue.InvalidCommandLine, new SourcePosition(path), $"Can't go on from here: {why}."));
}
