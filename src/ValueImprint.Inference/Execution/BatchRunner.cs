using Microsoft.Extensions.Logging;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Execution;

/// <summary>
/// Runs batches and ends their texts. When a run fails, the batch is split, until the rows that fail are alone with their failure: one
/// bad text costs its neighbours a few runs, never their result.
/// </summary>
internal sealed class BatchRunner(
    IBatchExecutor executor, OutcomeReader reader, BatchScheduler scheduler, EngineMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly LogitBuffer _logits = new(scheduler.Limits.Texts, reader.LabelCount, reader.StanceCount);
    private readonly ScoreBlocks _scores = new(reader.LabelCount);
    private readonly List<PendingText> _wanted = new(scheduler.Limits.Texts);

    /// <summary>Runs batches until the scheduler stops.</summary>
    public void Loop()
    {
        while (scheduler.TryTakeBatch(out var batch))
        {
            Run(batch);
            scheduler.Batches.Return(batch);
        }
    }

    /// <summary>Runs a batch; its texts leave the engine.</summary>
    public void Run(TextBatch batch)
    {
        try
        {
            Select(batch);
            if (_wanted.Count > 0)
            {
                using var activity = EngineMetrics.Activities.StartActivity("batch");
                activity?.SetTag("valueimprint.batch.texts", _wanted.Count);
                activity?.SetTag("valueimprint.batch.padded_length", batch.PaddedLength);
                Run(_wanted, batch.PaddedLength);
            }
        }
        catch (Exception exception)
        {
            // A fault of this program, not of a text. The dispatcher lives on, and nobody waits for ever.
            Log.BatchFaulted(logger, exception);
            foreach (var text in batch.Texts)
            {
                text.TryComplete(OutcomeReader.Failed("the engine failed on this text's batch; the server's log has the reason."));
            }
        }
        finally
        {
            // Afterwards they may serve other texts.
            _wanted.Clear();
            scheduler.Retire(batch.Texts);
        }
    }

    private void Select(TextBatch batch)
    {
        foreach (var text in batch.Texts)
        {
            if (scheduler.HasExpired(text))
            {
                text.TryComplete(scheduler.Expired);
            }
            else if (!text.IsDone)
            {
                _wanted.Add(text);
            }
        }
    }

    private void Run(List<PendingText> rows, int paddedLength)
    {
        var began = time.GetTimestamp();
        try
        {
            executor.Execute(rows, paddedLength, _logits);
        }
        catch (Exception exception)
        {
            Isolate(rows, paddedLength, exception);
            return;
        }

        var executed = time.GetElapsedTime(began);
        metrics.BatchRan(rows, paddedLength, executed);
        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].TryComplete(reader.Read(rows[row], _logits, row, _scores.Next(), TimingsOf(rows[row], began, executed)));
        }
    }

    private void Isolate(List<PendingText> rows, int paddedLength, Exception exception)
    {
        if (rows.Count == 1)
        {
            Log.TextFailed(logger, paddedLength, exception.Message);
            rows[0].TryComplete(OutcomeReader.Failed("the model failed on this text; the server's log has the reason."));
            return;
        }

        Log.BatchSplit(logger, rows.Count, paddedLength, exception.Message);
        var half = rows.Count / 2;
        Run(rows.GetRange(0, half), paddedLength);
        Run(rows.GetRange(half, rows.Count - half), paddedLength);
    }

    private TextTimings TimingsOf(PendingText text, long began, TimeSpan executed)
    {
        var waited = time.GetElapsedTime(text.Arrived, began) - text.TokenizeTime;
        return new TextTimings(waited > TimeSpan.Zero ? waited : TimeSpan.Zero, text.TokenizeTime, executed);
    }
}
