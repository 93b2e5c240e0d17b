using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ValueImprint.Datasets.Compression;

/// <summary>
/// Decompresses gzip (RFC 1952), member after member, and refuses files that are cut short or go on with something else.
/// </summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a truncated file for a whole one unless the process sets the switch
/// <c>System.IO.Compression.UseStrictValidation</c> before its first use, and passes over bytes that follow: both would make
/// an audit of a damaged dataset look complete. The members' framing is therefore read here; <see cref="DeflateStream"/> does
/// the rest. Where its data ends is found by the eight bytes that must follow: the text's checksum and length.
/// </remarks>
internal sealed class GzipStream(Stream inner) : ReadOnlyStream(inner)
{
    private const int TrailerBytes = 8;
    private const int FixedHeaderBytes = 10;

    private readonly ReplayBuffer _input = new(inner);
    private DeflateStream? _member;
    private readonly Crc32 _crc = new();
    private uint _length;

    private static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 8];

    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith(Magic[..2]);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_member is null)
            {
                await _input.LookAheadAsync(FixedHeaderBytes, cancellationToken).ConfigureAwait(false);
                if (_input.Unfed.IsEmpty)
                {
                    return 0;
                }

                await SkipHeaderAsync(cancellationToken).ConfigureAwait(false);
                _member = new DeflateStream(_input, CompressionMode.Decompress, leaveOpen: true);
                _crc.Reset();
                _length = 0;
            }

            var read = await _member.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                _crc.Append(buffer.Span[..read]);
                _length += (uint)read;
                return read;
            }

            await FinishMemberAsync(_member, cancellationToken).ConfigureAwait(false);
            _member = null;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FinishMemberAsync(DeflateStream member, CancellationToken cancellationToken)
    {
        await member.DisposeAsync().ConfigureAwait(false);
        await _input.LookAheadAsync(TrailerBytes + Magic.Length, cancellationToken).ConfigureAwait(false);

        var trailer = new byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), _length);
        _input.Rewind(FindEnd(_input.SinceLastFed, trailer));
    }

    /// <summary>Where the trailer ends: behind it there is another member, or nothing.</summary>
    private static int FindEnd(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> trailer)
    {
        var end = 0;
        while (bytes[end..].IndexOf(trailer) is >= 0 and var found)
        {
            var behind = bytes[(end + found + TrailerBytes)..];
            if (behind.IsEmpty || behind.StartsWith(Magic))
            {
                return end + found + TrailerBytes;
            }

            // An empty member's trailer is all zeros, and its data may end in one.
            end += found + 1;
        }

        throw new InvalidDataException(end == 0
            ? "a gzip member ends early, or its checksum is wrong"
            : "something that is not gzip follows a gzip member");
    }

    private async ValueTask SkipHeaderAsync(CancellationToken cancellationToken)
    {
        const byte HasHeaderChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;

        if (_input.Unfed.Length < FixedHeaderBytes || !_input.Unfed.StartsWith(Magic) || (_input.Unfed[3] & Reserved) != 0)
        {
            throw new InvalidDataException("a gzip member has no valid header");
        }

        var flags = _input.Unfed[3];
        await SkipAsync(FixedHeaderBytes, cancellationToken).ConfigureAwait(false);
        if ((flags & HasExtra) != 0)
        {
            var low = await NextAsync(cancellationToken).ConfigureAwait(false);
            await SkipAsync(low | (await NextAsync(cancellationToken).ConfigureAwait(false) << 8), cancellationToken).ConfigureAwait(false);
        }

        for (var names = (flags & HasName) / HasName + (flags & HasComment) / HasComment; names > 0; names--)
        {
            while (await NextAsync(cancellationToken).ConfigureAwait(false) != 0)
            {
            }
        }

        await SkipAsync((flags & HasHeaderChecksum) != 0 ? 2 : 0, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SkipAsync(int count, CancellationToken cancellationToken)
    {
        for (; count > 0; count--)
        {
            await NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<byte> NextAsync(CancellationToken cancellationToken)
    {
        var next = new byte[1];
        return await _input.ReadAsync(next, cancellationToken).ConfigureAwait(false) == 1
            ? next[0]
            : throw new InvalidDataException("a gzip member's header is cut short");
    }
}

/// <summary>
/// Feeds a decompressor, which reads further than its data goes, and remembers the last piece fed, so that what lies behind
/// the data's end can be read again.
/// </summary>
internal sealed class ReplayBuffer(Stream inner) : ReadOnlyStream(inner)
{
    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _lastFed;
    private int _position;
    private int _end;

    /// <summary>The last piece fed, and what was read behind it.</summary>
    public ReadOnlySpan<byte> SinceLastFed => _bytes.AsSpan(_lastFed, _end - _lastFed);

    /// <summary>Bytes that were read and not fed.</summary>
    public ReadOnlySpan<byte> Unfed => _bytes.AsSpan(_position, _end - _position);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _end)
        {
            _lastFed = _position;
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        // Not more than a quarter, so that a piece and what follows it always fit.
        var count = Math.Min(Math.Min(buffer.Length, _bytes.Length / 4), _end - _position);
        _bytes.AsMemory(_position, count).CopyTo(buffer);
        _lastFed = _position;
        _position += count;
        return count;
    }

    /// <summary>Reads until so many bytes lie behind what was fed, or the end is reached.</summary>
    public async ValueTask LookAheadAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _position < count && await FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Goes on so many bytes behind the start of the last piece fed.</summary>
    public void Rewind(int sinceLastFed) => _lastFed = _position = _lastFed + sinceLastFed;

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _bytes.AsSpan(_lastFed, _end - _lastFed).CopyTo(_bytes);
        (_position, _end, _lastFed) = (_position - _lastFed, _end - _lastFed, 0);
        var read = await Inner.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
