using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Output;

namespace ValueImprint.Tool.Auditing;

/// <summary>
/// The file of <c>--rows</c>: complete under its name, or not there at all. JSON lines are written as they come; Parquet is made of them at
/// the end. With a checkpoint they stand in <c>NAME.partial</c> until then, and stay when the tool is stopped.
/// </summary>
internal sealed class RowsFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly ReplacedFile _target;
    private readonly FileStream? _spool;
    private readonly RowResultFile _results;
    private readonly bool _isResumable;
    private readonly bool _hasText;

    private RowsFile(string path, ReplacedFile target, FileStream? spool, bool isResumable, bool hasText)
    {
        (_path, _target, _spool, _isResumable, _hasText) = (path, target, spool, isResumable, hasText);
        _results = new RowResultFile(spool ?? target.Stream);
    }

    /// <summary>What a checkpoint keeps in step with the counts.</summary>
    public IResumableResults Results => _results;

    /// <summary>Begins a file; <see langword="null"/> for no path.</summary>
    /// <param name="path">Ends with <c>.parquet</c> for Parquet.</param>
    /// <param name="isResumable">A checkpoint may be gone on from.</param>
    /// <param name="hasText">The results hold the dataset's texts.</param>
    public static async Task<RowsFile?> OpenAsync(string? path, bool isResumable, bool hasText)
    {
        if (path is null)
        {
            return null;
        }

        var target = ReplacedFile.Create(path);
        try
        {
            var spool = isResumable ? OpenSpool(Path.GetFullPath(path) + ".partial")
                : ParquetTable.IsNamed(path) ? OpenSpool(AbandonedFiles.NewName(Path.GetFullPath(path)))
                : null;
            return new RowsFile(path, target, spool, isResumable, hasText);
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a result.</summary>
    public ValueTask WriteAsync(RowResult row, CancellationToken cancellation) => _results.WriteAsync(row, cancellation);

    /// <summary>Adds the imprint, and gives the file its name.</summary>
    public async Task CompleteAsync(Imprint imprint, CancellationToken cancellation)
    {
        if (!ParquetTable.IsNamed(_path))
        {
            await _results.CompleteAsync(imprint, cancellation);
        }

        if (_spool is not null)
        {
            await _spool.FlushAsync(cancellation);
            await FromSpoolAsync(_spool, imprint, cancellation);
            await _spool.DisposeAsync(); // Windows deletes no open file.
        }

        await _target.CompleteAsync(cancellation);
        DeleteSpool();
    }

    /// <summary>Removes a file that is not complete, unless it can be gone on from.</summary>
    public async ValueTask DisposeAsync()
    {
        // On a full disk even closing fails, which must not leave anything behind.
        try
        {
            await _results.DisposeAsync();
        }
        finally
        {
            try
            {
                await DisposeSpoolAsync();
            }
            finally
            {
                await _target.DisposeAsync();
            }
        }
    }

    private async Task FromSpoolAsync(FileStream spool, Imprint imprint, CancellationToken cancellation)
    {
        if (ParquetTable.IsNamed(_path))
        {
            // Parquet is written from the spool's file to the target's.
            await spool.DisposeAsync();
            await _target.Stream.DisposeAsync();
            RowResultTable.Write(spool.Name, _target.Stream.Name, imprint, _hasText);
        }
        else
        {
            spool.Position = 0;
            await spool.CopyToAsync(_target.Stream, cancellation);
        }
    }

    private async ValueTask DisposeSpoolAsync()
    {
        if (_spool is null)
        {
            return;
        }

        try
        {
            await _spool.DisposeAsync();
        }
        finally
        {
            if (!_isResumable)
            {
                DeleteSpool();
            }
        }
    }

    private static FileStream OpenSpool(string spool)
    {
        try
        {
            // Two audits at once would spoil each other's file: the second one can't open it. Only None locks on every system.
            return new FileStream(spool, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, $"Nothing can be written here ({failure.Message.TrimEnd('.')}). Name another file for --rows.", spool);
        }
    }

    private void DeleteSpool()
    {
        if (_spool is not null)
        {
            File.Delete(_spool.Name);
        }
    }
}
