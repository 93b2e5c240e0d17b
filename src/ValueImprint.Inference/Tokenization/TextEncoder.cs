using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// Tokenizes a text, keeps what the model may see, and frames it. Of a text longer than <paramref name="exactCountChars"/> only the two
/// ends are tokenized as long as they hold everything that is kept; the count of the middle is then extrapolated. Safe for concurrent use.
/// </summary>
internal sealed class TextEncoder(PackageTokenizer package, TruncationRule rule, int exactCountChars)
{
    public EncodedText Encode(string text)
    {
        text = WithoutUnpairedSurrogates(text);
        return text.Length > exactCountChars && TryEncodeEnds(text, out var encoded) ? encoded : Keep(Tokenize(text));
    }

    private EncodedText Keep(ReadOnlySpan<int> ids) => ids.Length <= rule.Budget
        ? Build(ids, [], ids.Length, isEstimated: false, truncation: null)
        : Build(ids[..rule.Head], ids[^rule.Tail..], ids.Length, isEstimated: false, rule.Strategy);

    private bool TryEncodeEnds(string text, out EncodedText encoded)
    {
        encoded = default;
        var half = exactCountChars / 2;
        var headEnd = LastSpace(text, from: half / 2, to: half);
        var tailStart = LastSpace(text, from: text.Length - half, to: text.Length - (half / 2));
        if (headEnd < 0 || tailStart < 0)
        {
            return false;
        }

        var head = Tokenize(text[..headEnd]);
        var tail = Tokenize(text[tailStart..]);
        if (head.Length < rule.Head || tail.Length < rule.Tail || head.Length + tail.Length <= rule.Budget)
        {
            return false;
        }

        var seen = headEnd + (text.Length - tailStart);
        var total = (long)Math.Round((head.Length + tail.Length) * ((double)text.Length / seen), MidpointRounding.AwayFromZero);
        encoded = Build(
            head[..rule.Head], tail[^rule.Tail..], (int)Math.Min(total, int.MaxValue - package.FrameLength), isEstimated: true, rule.Strategy);
        return true;
    }

    // A place with a single space behind it, and no white space around that: a word's start in every tokenizer here, so that the ids of
    // both sides are those of the whole.
    private static int LastSpace(ReadOnlySpan<char> text, int from, int to)
    {
        for (var place = Math.Min(to, text.Length - 2); place >= Math.Max(from, 1); place--)
        {
            if (text[place] == ' ' && !char.IsWhiteSpace(text[place - 1]) && !char.IsWhiteSpace(text[place + 1]))
            {
                return place;
            }
        }

        return -1;
    }

    private ReadOnlySpan<int> Tokenize(string text)
    {
        var found = package.Tokenizer.EncodeToIds(package.Prepare?.Invoke(text) ?? text);
        var ids = found is List<int> list ? CollectionsMarshal.AsSpan(list) : found.ToArray();
        return package.FusedId is { } fused ? Fuse(ids, fused) : ids;
    }

    private static Span<int> Fuse(Span<int> ids, int fused)
    {
        var count = 0;
        for (var index = 0; index < ids.Length; index++)
        {
            if (ids[index] != fused || index == 0 || ids[index - 1] != fused)
            {
                ids[count++] = ids[index];
            }
        }

        return ids[..count];
    }

    // Half a character is no Unicode text; everywhere else U+FFFD stands for it.
    private static string WithoutUnpairedSurrogates(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text;
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && !(index + 1 < text.Length && char.IsSurrogatePair(text[index], text[++index])))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }
        }

        return text;
    }

    private EncodedText Build(ReadOnlySpan<int> head, ReadOnlySpan<int> tail, int total, bool isEstimated, TruncationStrategy? truncation)
    {
        var kept = head.Length + tail.Length + package.FrameLength;
        var buffer = EncodedText.Rent(kept);
        var ids = buffer.AsSpan();
        foreach (var id in package.Before)
        {
            ids[0] = id;
            ids = ids[1..];
        }

        head.CopyTo(ids);
        tail.CopyTo(ids[head.Length..]);
        ids = ids[(head.Length + tail.Length)..];
        foreach (var id in package.Behind)
        {
            ids[0] = id;
            ids = ids[1..];
        }

        return new EncodedText(buffer, kept, total + package.FrameLength, isEstimated, truncation);
    }
}

/// <summary>What the model will see of a text: ids in a rented buffer, which <see cref="Release"/> gives back.</summary>
internal struct EncodedText
{
    // A longer text's buffer is left to the garbage collector; a pool keeps this many of each size.
    private const int MaxIdsPooled = 1 << 14;
    private const int MaxBuffersPooled = 2048;

    // Rented by one thread, given back by another, hundreds at a time: the shared pool keeps too few for that.
    private static readonly ArrayPool<int> Buffers = ArrayPool<int>.Create(MaxIdsPooled, MaxBuffersPooled);

    private int[]? _buffer;

    /// <param name="rented">From <see cref="Rent"/>; its first <paramref name="kept"/> are the ids.</param>
    /// <param name="kept">Tokens kept, special tokens included.</param>
    /// <param name="total">Tokens of the whole text.</param>
    /// <param name="isTotalEstimated">The total is extrapolated.</param>
    /// <param name="truncation">What was kept of it; <see langword="null"/>: all.</param>
    public EncodedText(int[] rented, int kept, int total, bool isTotalEstimated, TruncationStrategy? truncation)
    {
        _buffer = rented;
        (Kept, Total, IsTotalEstimated, Truncation) = (kept, total, isTotalEstimated, truncation);
    }

    /// <summary>Tokens kept, special tokens included.</summary>
    public int Kept { get; }

    /// <summary>Tokens of the whole text, special tokens included.</summary>
    public int Total { get; }

    public bool IsTotalEstimated { get; }

    public TruncationStrategy? Truncation { get; }

    public readonly ReadOnlySpan<int> Ids => _buffer is null ? [] : _buffer.AsSpan(0, Kept);

    /// <summary>A buffer for at least this many ids, of any content.</summary>
    public static int[] Rent(int ids) => Buffers.Rent(ids);

    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            Buffers.Return(buffer);
        }
    }
}

/// <summary>What is kept of a text's tokens.</summary>
/// <param name="Strategy">Which end, or both.</param>
/// <param name="Budget">Tokens that may be kept, the two that frame a text not counted.</param>
/// <param name="HeadShare">Share of the budget for the head in <see cref="TruncationStrategy.HeadTail"/>, in [0, 1].</param>
internal readonly record struct TruncationRule(TruncationStrategy Strategy, int Budget, double HeadShare)
{
    /// <summary>Tokens kept of the beginning of a text that is too long; the rest of the budget goes to its end.</summary>
    public int Head => Strategy switch
    {
        TruncationStrategy.Head => Budget,
        TruncationStrategy.Tail => 0,
        _ => (int)Math.Ceiling(Budget * HeadShare),
    };

    public int Tail => Budget - Head;
}
