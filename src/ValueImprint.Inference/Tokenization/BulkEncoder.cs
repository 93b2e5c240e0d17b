using System.Runtime.InteropServices;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Encodes the texts of bulk rounds, beside the running batch, and packs them ahead of need.</summary>
internal sealed class BulkEncoder(BatchScheduler scheduler, ITextEncoder encoder, int threads, TimeProvider time)
{
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };

    /// <summary>Takes rounds until the scheduler stops.</summary>
    public void Loop()
    {
        List<PendingText> round = [];
        List<PendingText> encoded = [];
        List<PendingText> ended = [];
        List<TextBatch> batches = [];
        Action<PendingText> encode = Encode;
        while (scheduler.TryTakeRound(round))
        {
            if (threads == 1 || round.Count < threads * 4)
            {
                round.ForEach(encode);
            }
            else
            {
                Parallel.ForEach(round, _parallel, encode);
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
            text.SetEncoded(encoder.Encode(text.Text!), time.GetElapsedTime(began));
        }
        catch (Exception exception)
        {
            text.TryComplete(OutcomeReader.Failed($"the tokenizer failed on this text: {exception.GetType().Name}."));
        }
    }
}
