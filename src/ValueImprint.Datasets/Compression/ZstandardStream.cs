using System.Buffers.Binary;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace ValueImprint.Datasets.Compression;

/// <summary>Decompresses Zstandard (RFC 8878), frame after frame; dictionaries are not supported.</summary>
internal sealed class ZstandardStream : ReadOnlyStream
{
    /// <summary>Frames whose window is larger are refused, as <c>zstd -d</c> does without <c>--long</c>: 2^27 bytes, 128 MiB.</summary>
    private const int MaxWindowLog = 27;

    private const uint FrameMagic = 0xFD2FB528;
    private const uint SkippableMagic = 0x184D2A50;

    private readonly DecompressionStream _frames;

    public ZstandardStream(Stream inner)
        : base(inner)
    {
        _frames = new DecompressionStream(inner, checkEndOfStream: true, leaveOpen: true);
        _frames.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
    }

    public static bool IsZstandard(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) is var magic
        && (magic == FrameMagic || (magic & ~15U) == SkippableMagic);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _frames.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("a Zstandard frame ends early", exception);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException(
                exception.Code switch
                {
                    ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge =>
                        $"a Zstandard frame needs a window of more than {1 << MaxWindowLog} bytes; compress the file without --long or --ultra",
                    ZSTD_ErrorCode.ZSTD_error_dictionary_wrong => "a Zstandard frame needs a dictionary; compress the file without one",
                    ZSTD_ErrorCode.ZSTD_error_checksum_wrong => "a Zstandard frame's checksum is wrong",
                    ZSTD_ErrorCode.ZSTD_error_prefix_unknown => "something that is not Zstandard follows a frame",
                    _ => "a Zstandard frame is damaged",
                },
                exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _frames.Dispose();
        }

        base.Dispose(disposing);
    }
}
