using System.Diagnostics.CodeAnalysis;

namespace ValueImprint.Inference.Scheduling;

/// <summary>
/// Batches that only wait for the model. Interactive ones go first, but after <see cref="MaxInteractiveInARow"/> of them a bulk one has
/// its turn, so that bulk work never starves.
/// </summary>
internal sealed class ReadyBatches
{
    public const int MaxInteractiveInARow = 4;

    private readonly Queue<TextBatch> _interactive = new();
    private readonly Queue<TextBatch> _bulk = new();
    private int _inARow;

    public int InteractiveCount => _interactive.Count;

    public int BulkCount => _bulk.Count;

    /// <summary>Texts in the bulk batches.</summary>
    public int BulkTexts { get; private set; }

    public void Add(LanePriority priority, params ReadOnlySpan<TextBatch> batches)
    {
        foreach (var batch in batches)
        {
            if (priority == LanePriority.Interactive)
            {
                _interactive.Enqueue(batch);
            }
            else
            {
                _bulk.Enqueue(batch);
                BulkTexts += batch.Texts.Count;
            }
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out TextBatch batch)
    {
        if (_interactive.Count > 0 && (_bulk.Count == 0 || _inARow < MaxInteractiveInARow))
        {
            _inARow++;
            batch = _interactive.Dequeue();
            return true;
        }

        _inARow = 0;
        if (_bulk.TryDequeue(out batch))
        {
            BulkTexts -= batch.Texts.Count;
            return true;
        }

        return false;
    }
}
