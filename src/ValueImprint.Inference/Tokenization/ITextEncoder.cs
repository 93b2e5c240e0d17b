namespace ValueImprint.Inference.Tokenization;

/// <summary>Turns a text into the ids that the model sees. Safe for concurrent use.</summary>
internal interface ITextEncoder
{
    EncodedText Encode(string text);

    /// <summary>Several texts at once, which is cheaper; throws when it fails on one of them, and then gives none.</summary>
    void Encode(ReadOnlySpan<string> texts, Span<EncodedText> encoded);
}
