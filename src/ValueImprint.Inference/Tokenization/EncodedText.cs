using System.Buffers;

namespace ValueImprint.Inference.Tokenization;

/// <summary>What the model will see of a text: ids in a rented buffer, which <see cref="Release"/> gives back.</summary>
internal struct EncodedText
{
    private int[]? _buffer;

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

    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<int>.Shared.Return(buffer);
        }
    }
}
