namespace ValueImprint.Inference.Scheduling;

/// <summary>Keeps batches that have run for other texts, up to a number.</summary>
internal sealed class TextBatches
{
    /// <summary>Most that are kept: more than rounds leave packed in a steady stream.</summary>
    public const int Most = 256;

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
            if (_free.Count < Most)
            {
                _free.Push(batch);
            }
        }
    }
}
