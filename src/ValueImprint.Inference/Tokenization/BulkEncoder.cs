using System.Buffers;
using System.Runtime.InteropServices;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
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

    // Texts at once; when that fails, one by one, so that only the one that fails is ended.
    private void Encode(ReadOnlySpan<PendingText> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        var waiting = ArrayPool<string>.Shared.Rent(texts.Length);
        var encoded = ArrayPool<EncodedText>.Shared.Rent(texts.Length);
        var began = time.GetTimestamp();
        try
        {
            for (var index = 0; index < texts.Length; index++)
            {
                waiting[index] = texts[index].Text!; // It is there until the text is encoded.
            }

            encoder.Encode(waiting.AsSpan(0, texts.Length), encoded.AsSpan(0, texts.Length));
            var each = time.GetElapsedTime(began) / texts.Length;
            for (var index = 0; index < texts.Length; index++)
            {
                texts[index].SetEncoded(encoded[index], each);
            }
        }
        catch (Exception)
        {
            foreach (var text in texts)
            {
                Encode(text);
            }
        }
        finally
        {
            ArrayPool<string>.Shared.Return(waiting, clearArray: true);
            ArrayPool<EncodedText>.Shared.Return(encoded, clearArray: true);
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
