using System.Runtime.InteropServices;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference;

/// <summary>Encodes the texts of bulk rounds, beside the running batch, and packs them ahead of need.</summary>
internal sealed class BulkEncoder(BatchScheduler scheduler, TextEncoder encoder, int threads, TimeProvider time)
{
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };

    /// <summary>Takes rounds until the scheduler stops.</summary>
    public void Loop()
    {
        List<PendingText> round = [];
        List<PendingText> encoded = [];
        List<PendingText> ended = [];
        List<TextBatch> batches = [];
        while (scheduler.TryTakeRound(round))
        {
            if (threads == 1 || round.Count < threads * 4)
            {
                Encode(CollectionsMarshal.AsSpan(round));
            }
            else
            {
                var size = (round.Count + threads - 1) / threads;
                Parallel.For(0, threads, _parallel, part =>
                    Encode(CollectionsMarshal.AsSpan(round)[Math.Min(part * size, round.Count)..Math.Min((part + 1) * size, round.Count)]));
            }

            foreach (var text in round)
            {
                (text.Kept == 0 ? ended : encoded).Add(text);
            }

            scheduler.Retire(CollectionsMarshal.AsSpan(ended));
            LengthSortedRound.Pack(encoded, scheduler.Limits, scheduler.Batches, batches);
            scheduler.AddBulk(batches);
            encoded.Clear();
            ended.Clear();
            batches.Clear();
        }
    }

    private void Encode(ReadOnlySpan<PendingText> texts)
    {
        foreach (var text in texts)
        {
            Encode(text);
        }
    }

    /// <summary>Encodes one text, or ends it with what was wrong with it.</summary>
    public void Encode(PendingText text)
    {
        if (text.IsDone)
        {
            return;
        }

        var began = time.GetTimestamp();
        try
        {
            var encoded = encoder.Encode(text.Text!); // It is there until the text is encoded.
            text.SetEncoded(encoded, time.GetElapsedTime(began));
            if (encoded.Kept == 0)
            {
                text.TryComplete(OutcomeReader.Failed("the model's tokenizer finds no token in this text."));
            }
        }
        catch (Exception exception)
        {
            text.TryComplete(OutcomeReader.Failed($"the tokenizer failed on this text: {exception.GetType().Name}."));
        }
    }
}
