using ValueImprint.Core.Imprints;
using System.Text;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Tokenizes a text, keeps what the model may see, and frames it. Of a text longer than <paramref name="exactCountChars"/> only the two
/// ends are tokenized as long as they hold everything that is kept; the count of the middle is then extrapolated.
/// </summary>
internal sealed class TextEncoder(TokenizerSource source, TruncationRule rule, int exactCountChars) : ITextEncoder, IDisposable
{
    private const int Frame = 2;

    // The rows of texts that are tokenized together are filled up to the longest one.
    private const int MostCharsTogether = 4096;

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

    public void Encode(ReadOnlySpan<string> texts, Span<EncodedText> encoded)
    {
        var done = 0;
        try
        {
            while (done < texts.Length)
            {
                var count = CountPlain(texts[done..]);
                if (count > 1)
                {
                    EncodeTogether(texts.Slice(done, count), encoded[done..]);
                }
                else
                {
                    count = 1;
                    encoded[done] = Encode(texts[done]);
                }

                done += count;
            }
        }
        catch
        {
            foreach (ref var text in encoded[..done])
            {
                text.Release();
            }

            throw;
        }
    }

    public void Dispose() => _tokenizer.Dispose();

    // How many texts from the first on may go to the tokenizer together, as they are.
    private int CountPlain(ReadOnlySpan<string> texts)
    {
        var most = source.NormalizesToFormC || source.PrependsSpace ? 1 : Math.Min(texts.Length, _tokenizer.MostTogether);
        var count = 0;
        while (count < most && texts[count].Length <= Math.Min(MostCharsTogether, exactCountChars) && IsOnePiece(texts[count]))
        {
            count++;
        }

        return count;
    }

    private bool IsOnePiece(string text)
    {
        var cuts = new TextCuts(text, source.Cuts);
        return cuts.MoveNext() && cuts.Current.End.Value == text.Length && text[0] != TextCuts.Nul;
    }

    private void EncodeTogether(ReadOnlySpan<string> texts, Span<EncodedText> encoded)
    {
        var ids = new IdList(texts.Length * 64);
        Span<int> ends = stackalloc int[texts.Length];
        try
        {
            _tokenizer.TokenizeTogether(texts, ref ids, ends);
            for (var index = 0; index < texts.Length; index++)
            {
                encoded[index] = Keep(ids.Ids[(index == 0 ? 0 : ends[index - 1])..ends[index]]);
            }
        }
        finally
        {
            ids.Dispose();
        }
    }

    private EncodedText EncodeWhole(string text)
    {
        var ids = ListFor(text);
        try
        {
            Tokenize(text, ref ids);
            return Keep(ids.Ids);
        }
        finally
        {
            ids.Dispose();
        }
    }

    private EncodedText Keep(ReadOnlySpan<int> ids) => ids.Length <= rule.Budget
        ? Build(ids, [], ids.Length, isEstimated: false, TruncationKind.None)
        : Build(ids[..rule.Head], ids[^rule.Tail..], ids.Length, isEstimated: false, rule.Kind);

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
