using System.Buffers;
using System.Runtime.InteropServices;

namespace ValueImprint.Inference.Scheduling;

/// <summary>Packs the texts of a round into batches of rows of one padded length, under the limits. Shortest first.</summary>
internal static class LengthSortedRound
{
    /// <param name="texts">Encoded texts; their order is changed.</param>
    /// <param name="limits">How large a batch may become.</param>
    /// <param name="free">Where batches come from.</param>
    /// <param name="batches">Where they are added.</param>
    public static void Pack(List<PendingText> texts, BatchLimits limits, TextBatches free, List<TextBatch> batches)
    {
        Sort(texts, limits.MaxTokens);
        for (var start = 0; start < texts.Count;)
        {
            var length = LengthOf(texts[start]);
            var end = start + 1;
            var most = start + limits.RowsOf(length);
            while (end < texts.Count && end < most && LengthOf(texts[end]) == length)
            {
                end++;
            }

            batches.Add(free.Begin(CollectionsMarshal.AsSpan(texts)[start..end], length));
            start = end;
        }

        int LengthOf(PendingText text) => PaddedLength.Of(text.Kept, limits.MaxTokens);
    }

    // By counting. Stable: texts of one length keep the order of their arrival, and with it the order of the answers.
    private static void Sort(List<PendingText> texts, int maxTokens)
    {
        var steps = ((maxTokens + PaddedLength.Step - 1) / PaddedLength.Step) + 1;
        var places = ArrayPool<int>.Shared.Rent(steps);
        var sorted = ArrayPool<PendingText>.Shared.Rent(texts.Count);
        Array.Clear(places, 0, steps);
        foreach (var text in texts)
        {
            places[StepOf(text)]++;
        }

        var before = 0;
        for (var step = 0; step < steps; step++)
        {
            (places[step], before) = (before, before + places[step]);
        }

        foreach (var text in texts)
        {
            sorted[places[StepOf(text)]++] = text;
        }

        for (var index = 0; index < texts.Count; index++)
        {
            texts[index] = sorted[index];
        }

        ArrayPool<PendingText>.Shared.Return(sorted, clearArray: true);
        ArrayPool<int>.Shared.Return(places);

        // The last step may be a short one, where the model's limit is no multiple.
        int StepOf(PendingText text) => (PaddedLength.Of(text.Kept, maxTokens) + PaddedLength.Step - 1) / PaddedLength.Step;
    }
}
