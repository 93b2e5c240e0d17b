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

/// <summary>Keeps batches that have run for other texts, up to a number.</summary>
internal sealed class TextBatches
{
    /// <summary>Most that are kept: more than rounds leave packed in a steady stream.</summary>
    public const int MaxKept = 256;

    private readonly Lock _lock = new();
    private readonly Stack<TextBatch> _free = new();

    public TextBatch Begin(ReadOnlySpan<PendingText> texts, int paddedLength)
    {
        TextBatch? batch;
        lock (_lock)
        {
            _free.TryPop(out batch);
        }

        if (batch is null)
        {
            return new TextBatch(texts, paddedLength);
        }

        batch.Begin(texts, paddedLength);
        return batch;
    }

    /// <summary>Takes a batch back, which its former owner must not touch afterwards.</summary>
    public void Return(TextBatch batch)
    {
        batch.End();
        lock (_lock)
        {
            if (_free.Count < MaxKept)
            {
                _free.Push(batch);
            }
        }
    }
}
