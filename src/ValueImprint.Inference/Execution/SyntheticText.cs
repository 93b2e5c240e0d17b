using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Execution;

/// <summary>Makes texts of random ids to probe and measure a model with.</summary>
internal static class SyntheticText
{
    private static readonly LaneQueue NoLane = new(LanePriority.Bulk);

    /// <param name="tokenizer">Whose ids to use.</param>
    /// <param name="seed">Equal seeds give equal texts.</param>
    /// <param name="length">Tokens, those that frame the text included; from 2.</param>
    public static PendingText Create(PackageTokenizer tokenizer, int seed, int length)
    {
        var random = new Random(seed);
        var ids = EncodedText.Rent(length);
        for (var index = 0; index < length; index++)
        {
            // The last ids are often those of tokens that texts don't hold; a padding id within a text would shift some models' positions.
            var id = random.Next((tokenizer.LargestId / 2) + 1);
            ids[index] = id == tokenizer.PadId ? tokenizer.LargestId : id;
        }

        SetEnd(ids.AsSpan(0, length), tokenizer.Before);
        SetEnd(ids.AsSpan(Math.Max(0, length - tokenizer.Behind.Count), Math.Min(length, tokenizer.Behind.Count)), tokenizer.Behind);
        var text = new PendingText("", default, NoLane, arrived: 0);
        text.SetEncoded(new EncodedText(ids, length, length, isTotalEstimated: false, truncation: null), TimeSpan.Zero);
        return text;
    }

    private static void SetEnd(Span<int> ids, IReadOnlyList<int> frame)
    {
        for (var index = 0; index < Math.Min(ids.Length, frame.Count); index++)
        {
            ids[index] = frame[index];
        }
    }
}
