namespace ValueImprint.Inference.Scheduling;

/// <summary>Texts that run through the model together: rows of one padded length.</summary>
internal sealed class TextBatch(PendingText[] texts, int paddedLength)
{
    public PendingText[] Texts => texts;

    public int PaddedLength => paddedLength;
}
