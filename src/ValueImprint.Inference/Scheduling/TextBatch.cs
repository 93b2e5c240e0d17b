using System.Numerics;

namespace ValueImprint.Inference.Scheduling;

/// <summary>Texts that run through the model together: rows of one padded length. It serves other texts when these have run; see <see cref="TextBatches"/>.</summary>
internal sealed class TextBatch
{
    private PendingText[] _texts = [];
    private int _count;

    public TextBatch(ReadOnlySpan<PendingText> texts, int paddedLength) => Begin(texts, paddedLength);

    public ArraySegment<PendingText> Texts => new(_texts, 0, _count);

    public int PaddedLength { get; private set; }

    public void Begin(ReadOnlySpan<PendingText> texts, int paddedLength)
    {
        if (_texts.Length < texts.Length)
        {
            _texts = new PendingText[BitOperations.RoundUpToPowerOf2((uint)texts.Length)];
        }

        texts.CopyTo(_texts);
        (_count, PaddedLength) = (texts.Length, paddedLength);
    }

    /// <summary>Lets go of its texts.</summary>
    public void End()
    {
        Array.Clear(_texts, 0, _count);
        _count = 0;
    }
}
