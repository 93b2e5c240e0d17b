using System.Buffers;
using Microsoft.ML.Tokenizers;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>A text has as many tokens as characters, and its first character's code is its only id that differs from 1.</summary>
internal sealed class CharacterTokenizer : Tokenizer
{
    public static TextEncoder CreateEncoder() => new(
        new PackageTokenizer { Files = [], Tokenizer = new CharacterTokenizer(), Before = [], Behind = [], PadId = 0, LargestId = char.MaxValue, VocabularyFile = "" },
        new TruncationRule(TruncationStrategy.Head, int.MaxValue, 1), exactCountChars: int.MaxValue);

    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) =>
        new() { Tokens = [text![0], .. Enumerable.Repeat(1, text.Length - 1)] }; // Texts are handed over as such.

    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) => throw new NotSupportedException();

    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten) => throw new NotSupportedException();
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
