using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ValueImprint.Inference.Tokenization;

/// <param name="SplitsWhiteSpace">Any white space separates words; otherwise each space is a character of the word behind it.</param>
/// <param name="Prepends">A word, or where they aren't split the text, gets a space in front.</param>
internal readonly record struct Metaspace(bool SplitsWhiteSpace, bool Prepends);

/// <summary>What is done to a text before Unigram's search.</summary>
/// <param name="stages">One after the other.</param>
/// <param name="metaspace">How spaces are shown after that.</param>
internal sealed class UnigramPreparation(IReadOnlyList<Func<string, string>> stages, Metaspace metaspace)
{
    /// <summary>Shows a space.</summary>
    public const char Space = '\u2581';

    public string Apply(string text)
    {
        foreach (var stage in stages)
        {
            text = stage(text);
        }

        return metaspace.SplitsWhiteSpace ? SplitWords(text)
            : metaspace.Prepends && text.Length > 0 && text[0] is not (' ' or Space) ? Space + text.Replace(' ', Space)
            : text.Replace(' ', Space);
    }

    /// <summary>Leaves one of several spaces in a row.</summary>
    public static Func<string, string> ReplaceRunsOfSpaces(string content) => text =>
    {
        if (!text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        var replaced = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var run = text.AsSpan(index).IndexOfAnyExcept(' ');
            run = run < 0 ? text.Length - index : run;
            if (run > 1)
            {
                replaced.Append(content);
                index += run - 1;
            }
            else
            {
                replaced.Append(text[index]);
            }
        }

        return replaced.ToString();
    };

    private static string SplitWords(string text)
    {
        var words = new StringBuilder(text.Length + 16);
        var isInWord = false;
        foreach (var unit in text)
        {
            if (char.IsWhiteSpace(unit))
            {
                isInWord = false;
                continue;
            }

            if (!isInWord && unit != Space)
            {
                words.Append(Space);
            }

            isInWord = true;
            words.Append(unit);
        }

        return words.ToString();
    }
}

/// <summary>
/// A map from characters to what stands for them, as SentencePiece compiles it: the length of a double-array trie, the trie, and the
/// strings that its values point into, each ended by a zero byte.
/// </summary>
internal sealed class CharacterMap
{
    // As the reference does it: a longer cluster of characters is looked up character by character.
    private const int MaxBytesOfCluster = 5;

    private readonly uint[] _trie;
    private readonly byte[] _strings;

    private CharacterMap(uint[] trie, byte[] strings) => (_trie, _strings) = (trie, strings);

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CharacterMap? map)
    {
        map = null;
        if (bytes.Length < sizeof(uint)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var length && (length == 0 || length % sizeof(uint) != 0 || length > bytes.Length - sizeof(uint)))
        {
            return false;
        }

        var trie = new uint[BinaryPrimitives.ReadUInt32LittleEndian(bytes) / sizeof(uint)];
        for (var unit = 0; unit < trie.Length; unit++)
        {
            trie[unit] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((unit + 1) * sizeof(uint))..]);
        }

        map = new CharacterMap(trie, bytes[((trie.Length + 1) * sizeof(uint))..].ToArray());
        return true;
    }

    public string Apply(string text)
    {
        var mapped = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[MaxBytesOfCluster];
        for (var index = 0; index < text.Length;)
        {
            var cluster = text.AsSpan(index, StringInfo.GetNextTextElementLength(text, index));
            index += cluster.Length;
            if (Encoding.UTF8.TryGetBytes(cluster, bytes, out var count) && TryFind(bytes[..count], out var found))
            {
                mapped.Append(found);
                continue;
            }

            foreach (var rune in cluster.EnumerateRunes())
            {
                count = rune.EncodeToUtf8(bytes);
                if (TryFind(bytes[..count], out found))
                {
                    mapped.Append(found);
                }
                else
                {
                    mapped.Append(rune.ToString());
                }
            }
        }

        return mapped.ToString();
    }

    // The first entry on the way counts, which may be a beginning of what is looked up.
    private bool TryFind(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? found)
    {
        found = null;
        var place = OffsetOf(_trie[0]);
        foreach (var value in bytes)
        {
            place ^= value;
            if (value == 0 || place >= _trie.Length || (_trie[place] & 0x8000_00FF) != value)
            {
                return false;
            }

            var unit = _trie[place];
            place ^= OffsetOf(unit);
            if ((unit & 0x100) != 0)
            {
                var start = place < _trie.Length ? (int)(_trie[place] & 0x7FFF_FFFF) : _strings.Length;
                if (start >= _strings.Length)
                {
                    return false;
                }

                var rest = _strings.AsSpan(start);
                found = Encoding.UTF8.GetString(rest.IndexOf((byte)0) is >= 0 and var end ? rest[..end] : rest);
                return true;
            }
        }

        return false;
    }

    private static uint OffsetOf(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
