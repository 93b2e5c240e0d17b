using System.Text;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Tokenizes a text, keeps what the model may see, and frames it. Of a text longer than <paramref name="exactCountChars"/> only the two
/// ends are tokenized as long as they hold everything that is kept; the count of the middle is then extrapolated.
/// </summary>
internal sealed class TextEncoder(TokenizerSource source, TruncationRule rule, int exactCountChars) : ITextEncoder, IDisposable
{
    private const int Frame = 2;

    private readonly IPieceTokenizer _tokenizer = source.Create();

    public EncodedText Encode(string text)
    {
        if (source.NormalizesToFormC && !text.IsNormalized(NormalizationForm.FormC))
        {
            text = text.Normalize(NormalizationForm.FormC);
        }

        if (source.PrependsSpace && text.Length > 0 && text[0] != ' ')
        {
            text = " " + text;
        }

        return text.Length > exactCountChars && TryEncodeEnds(text, out var encoded) ? encoded : EncodeWhole(text);
    }

    public void Dispose() => _tokenizer.Dispose();

    private EncodedText EncodeWhole(string text)
    {
        var ids = ListFor(text);
        try
        {
            Tokenize(text, ref ids);
            return ids.Count <= rule.Budget
                ? Build(ids.Ids, [], ids.Count, isEstimated: false, TruncationKind.None)
                : Build(ids.Ids[..rule.Head], ids.Ids[^rule.Tail..], ids.Count, isEstimated: false, rule.Kind);
        }
        finally
        {
            ids.Dispose();
        }
    }

    private bool TryEncodeEnds(string text, out EncodedText encoded)
    {
        encoded = default;
        var half = exactCountChars / 2;
        var headEnd = TextCuts.LastSpace(text, from: half / 2, to: half);
        var tailStart = TextCuts.LastSpace(text, from: text.Length - half, to: text.Length - (half / 2));
        if (headEnd < 0 || tailStart < 0)
        {
            return false;
        }

        var head = ListFor(text.AsSpan(0, headEnd));
        var tail = ListFor(text.AsSpan(tailStart));
        try
        {
            Tokenize(text.AsSpan(0, headEnd), ref head);
            Tokenize(text.AsSpan(tailStart), ref tail);
            if (head.Count < rule.Head || tail.Count < rule.Tail || head.Count + tail.Count <= rule.Budget)
            {
                return false;
            }

            var seen = headEnd + (text.Length - tailStart);
            var total = (long)Math.Round((head.Count + tail.Count) * ((double)text.Length / seen), MidpointRounding.AwayFromZero);
            encoded = Build(
                head.Ids[..rule.Head], tail.Ids[^rule.Tail..], (int)Math.Min(total, int.MaxValue - Frame), isEstimated: true, rule.Kind);
            return true;
        }
        finally
        {
            head.Dispose();
            tail.Dispose();
        }
    }

    private static IdList ListFor(ReadOnlySpan<char> text) => new((text.Length / 3) + 16);

    private void Tokenize(ReadOnlySpan<char> text, ref IdList ids)
    {
        foreach (var piece in new TextCuts(text, source.Cuts))
        {
            if (!source.Cuts.AtControls || text[piece] is not [TextCuts.Nul])
            {
                _tokenizer.Tokenize(text[piece], ref ids);
            }
            else if (source.Cuts.NulId is { } nul)
            {
                ids.Add(nul);
            }
        }
    }

    private EncodedText Build(ReadOnlySpan<int> head, ReadOnlySpan<int> tail, int total, bool isEstimated, TruncationKind truncation)
    {
        var kept = head.Length + tail.Length + Frame;
        var buffer = EncodedText.Rent(kept);
        buffer[0] = source.StartId;
        head.CopyTo(buffer.AsSpan(1));
        tail.CopyTo(buffer.AsSpan(1 + head.Length));
        buffer[kept - 1] = source.EndId;
        return new EncodedText(buffer, kept, total + Frame, isEstimated, truncation);
    }
}
