using ValueImprint.Core.Imprints;
using System.Buffers;

namespace ValueImprint.Inference.Tokenization;

/// <summary>What the model will see of a text: ids in a rented buffer, which <see cref="Release"/> gives back.</summary>
internal struct EncodedText
{
    // A longer text's buffer is left to the garbage collector; a pool keeps this many of each size.
    private const int MostIdsPooled = 1 << 14;
    private const int MostBuffersPooled = 2048;

    // Rented by one thread, given back by another, hundreds at a time: the shared pool keeps too few for that.
    private static readonly ArrayPool<int> Buffers = ArrayPool<int>.Create(MostIdsPooled, MostBuffersPooled);

    private int[]? _buffer;

    /// <param name="rented">From <see cref="Rent"/>; its first <paramref name="kept"/> are the ids.</param>
    /// <param name="kept">Tokens kept, special tokens included.</param>
    /// <param name="total">Tokens of the whole text.</param>
    /// <param name="isTotalEstimated">The total is extrapolated.</param>
    /// <param name="truncation">What was left out.</param>
    public EncodedText(int[] rented, int kept, int total, bool isTotalEstimated, TruncationKind truncation)
    {
        _buffer = rented;
        (Kept, Total, IsTotalEstimated, Truncation) = (kept, total, isTotalEstimated, truncation);
    }

    /// <summary>Tokens kept, special tokens included.</summary>
    public int Kept { get; }

    /// <summary>Tokens of the whole text, special tokens included.</summary>
    public int Total { get; }

    public bool IsTotalEstimated { get; }

    public TruncationKind Truncation { get; }

    public readonly ReadOnlySpan<int> Ids => _buffer is null ? [] : _buffer.AsSpan(0, Kept);

    /// <summary>A buffer for at least this many ids, of any content.</summary>
    public static int[] Rent(int ids) => Buffers.Rent(ids);

    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            Buffers.Return(buffer);
        }
    }
}
