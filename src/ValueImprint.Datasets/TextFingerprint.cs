using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ValueImprint.Datasets;

/// <summary>
/// What identifies a text, or a record with all its texts, among others: the first 128 bits of SHA-256 over the normalised
/// texts. It reveals nothing of the text, and does not change between runs and versions.
/// </summary>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The next 64 bits.</param>
public readonly record struct TextFingerprint(ulong High, ulong Low)
{
    /// <summary>Of a record: equal where all texts are equal, scope by scope.</summary>
    public static TextFingerprint Of(DatasetRecord record, TextLikeness likeness = TextLikeness.Exact)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in record.Texts)
        {
            // The scope, and behind each text its length, keep one record's texts from flowing into another's.
            Append(hash, text.Text, likeness, (byte)text.Scope);
        }

        return Finish(hash);
    }

    /// <summary>Of one text, whatever its scope.</summary>
    public static TextFingerprint Of(string text, TextLikeness likeness = TextLikeness.Exact)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, text, likeness, byte.MaxValue);
        return Finish(hash);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    private static void Append(IncrementalHash hash, string text, TextLikeness likeness, byte scope)
    {
        var characters = ArrayPool<char>.Shared.Rent(text.Length + 1);
        var normalised = text.IsNormalized() ? text : text.Normalize();
        if (normalised.Length >= characters.Length)
        {
            ArrayPool<char>.Shared.Return(characters);
            characters = ArrayPool<char>.Shared.Rent(normalised.Length);
        }

        var length = likeness == TextLikeness.Exact ? Unbroken(normalised, characters) : Folded(normalised, characters);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(length) + 1 + sizeof(int));
        bytes[0] = scope;
        var count = Encoding.UTF8.GetBytes(characters.AsSpan(0, length), bytes.AsSpan(1));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1 + count), count);
        hash.AppendData(bytes, 0, 1 + count + sizeof(int));
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(characters);
    }

    /// <summary>Line breaks are what differs between systems, not between texts.</summary>
    private static int Unbroken(string text, Span<char> target)
    {
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\r' || index + 1 == text.Length || text[index + 1] != '\n')
            {
                target[length++] = text[index];
            }
        }

        return length;
    }

    /// <summary>Letters and digits alone, in one case, with single spaces for what stands between them.</summary>
    private static int Folded(string text, Span<char> target)
    {
        var length = 0;
        var isBetween = false;
        foreach (var character in text)
        {
            if (!char.IsLetterOrDigit(character) && !char.IsSurrogate(character))
            {
                isBetween = length > 0;
                continue;
            }

            if (isBetween)
            {
                target[length++] = ' ';
                isBetween = false;
            }

            target[length++] = char.ToLowerInvariant(character);
        }

        return length;
    }

    private static TextFingerprint Finish(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new TextFingerprint(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]));
    }
}

/// <summary>When two texts count as the same.</summary>
public enum TextLikeness
{
    /// <summary>The same characters; only their Unicode form (NFC) and line breaks may differ.</summary>
    Exact,

    /// <summary>The same letters and digits in the same words: case, punctuation and white space may differ.</summary>
    Words,
}
