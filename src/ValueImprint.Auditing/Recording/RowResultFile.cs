using System.Security.Cryptography;
using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Auditing.Recording;

/// <summary>
/// A file of results as JSON lines, see <see cref="RowResultWriter"/>, that ends with the imprint which was counted of them, so that it
/// can be counted again by itself. Resumable where it can be read. For one thread at a time.
/// </summary>
/// <param name="stream">The file, to be written and, for marks, read; left open.</param>
public sealed class RowResultFile(FileStream stream) : IResumableResults, IAsyncDisposable
{
    private const int BlockBytes = 1 << 16;

    private readonly RowResultWriter _writer = new(stream);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;

    /// <summary>Adds a line.</summary>
    public ValueTask WriteAsync(RowResult result, CancellationToken ct = default) => _writer.WriteAsync(result, ct);

    /// <summary>Adds the last line, with the imprint, and flushes.</summary>
    public async ValueTask CompleteAsync(Imprint imprint, CancellationToken ct = default)
    {
        await _writer.WriteAsync(imprint, ct).ConfigureAwait(false);
        await stream.FlushAsync(ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ContinueAsync(ResultsMark? mark, CancellationToken ct)
    {
        var (bytes, sha256) = mark is { } given ? (given.Bytes, given.Sha256) : (0, "");
        if (stream.Length < bytes || (bytes > 0 && await HashToAsync(bytes, ct).ConfigureAwait(false) != sha256))
        {
            throw new AuditException(Diagnostic.Error(
                DiagnosticCatalogue.InvalidCommandLine,
                new SourcePosition(stream.Name),
                FormattableString.Invariant($"These results are not what the checkpoint was written with: its first {bytes} bytes are missing or differ. Delete the checkpoint to begin anew.")));
        }

        stream.SetLength(bytes);
        stream.Seek(bytes, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public async ValueTask<ResultsMark> MarkAsync(CancellationToken ct)
    {
        await stream.FlushAsync(ct).ConfigureAwait(false);
        stream.Flush(flushToDisk: true);
        var end = stream.Position;
        return new ResultsMark(end, await HashToAsync(end, ct).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stream.CanWrite)
        {
            await _writer.DisposeAsync().ConfigureAwait(false); // Flushes, which a file that its owner has completed and closed no longer can.
        }

        _hash.Dispose();
    }

    // Each byte is read back once, from the system's cache.
    private async ValueTask<string> HashToAsync(long end, CancellationToken ct)
    {
        var block = new byte[BlockBytes];
        while (_hashed < end)
        {
            var read = await RandomAccess.ReadAsync(stream.SafeFileHandle, block.AsMemory(0, (int)Math.Min(block.Length, end - _hashed)), _hashed, ct).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException($"{stream.Name} is shorter than what was written to it.");
            }

            _hash.AppendData(block, 0, read);
            _hashed += read;
        }

        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }
}
