using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>A text has as many tokens as characters, and its first character's code is its only id that differs from 1.</summary>
internal sealed class FakeEncoder : ITextEncoder
{
    public EncodedText Encode(string text) => EncodeFake(text);

    public void Encode(ReadOnlySpan<string> texts, Span<EncodedText> encoded)
    {
        for (var index = 0; index < texts.Length; index++)
        {
            encoded[index] = EncodeFake(texts[index]);
        }
    }

    public static EncodedText EncodeFake(string text)
    {
        var ids = EncodedText.Rent(text.Length);
        Array.Fill(ids, 1);
        ids[0] = text[0];
        return new EncodedText(ids, text.Length, text.Length, isTotalEstimated: false, TruncationKind.None);
    }
}

/// <summary>Gives each row its first id as its first logit, and remembers what ran. Fails on batches with a text that starts with <c>!</c>.</summary>
internal sealed class FakeExecutor : IBatchExecutor
{
    public List<(int Rows, int PaddedLength)> Runs { get; } = [];

    /// <summary>Called before each run.</summary>
    public Action? Before { get; set; }

    public void Execute(IReadOnlyList<PendingText> texts, int paddedLength, LogitBuffer logits)
    {
        Before?.Invoke();
        Runs.Add((texts.Count, paddedLength));
        if (texts.Any(static text => text.Encoded.Ids[0] == '!'))
        {
            throw new InvalidOperationException("poison");
        }

        for (var row = 0; row < texts.Count; row++)
        {
            logits.Labels(row).Clear();
            logits.Labels(row)[0] = texts[row].Encoded.Ids[0];
        }
    }
}
