using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>WordPiece (BERT; Devlin et al. 2019), by <see cref="WordPieceTokenizer"/>.</summary>
internal static class WordPiece
{
    public const string Continuation = "##";
    public const int MaxCharactersOfWord = 100;

    /// <summary><c>vocab.txt</c>, with the choices that <c>tokenizer_config.json</c> makes.</summary>
    public static PackageTokenizer Read(string folder, SpecialTokens specials)
    {
        var vocabulary = Vocabulary.OfLines(Path.Combine(folder, "vocab.txt"));
        var configFile = Path.Combine(folder, SpecialTokens.ConfigFile);
        var options = new BertNormalizerOptions();
        if (File.Exists(configFile))
        {
            var config = PackageFile.ReadObject(configFile);
            options = new BertNormalizerOptions
            {
                LowerCases = config.Flag("do_lower_case", absent: true),
                StripsAccents = config.TryGet("strip_accents", out _) ? config.Flag("strip_accents", absent: false) : null,
                SplitsChinese = config.Flag("tokenize_chinese_chars", absent: true),
            };
        }

        var unknown = vocabulary.Special("unknown token", specials.Unknown, "[UNK]");
        return new PackageTokenizer
        {
            Files = ["vocab.txt"],
            Tokenizer = Create(vocabulary, vocabulary.Spelling(unknown), MaxCharactersOfWord, options),
            Before = [vocabulary.Special("start token", specials.Start, "[CLS]")],
            Behind = [vocabulary.Special("end token", specials.End, "[SEP]")],
            PadId = vocabulary.Special("padding token", specials.Pad, "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = vocabulary.File,
        };
    }

    /// <param name="vocabulary">Beginnings of words, and with <c>##</c> in front what goes on with one.</param>
    /// <param name="unknown">Stands for a word that no pieces make up.</param>
    /// <param name="maxCharactersOfWord">A word of more characters is unknown.</param>
    /// <param name="options">What is done to a text first.</param>
    public static WordPieceTokenizer Create(Vocabulary vocabulary, string unknown, int maxCharactersOfWord, BertNormalizerOptions options)
    {
        // The library counts UTF-16 units; words of too many characters don't get that far.
        return WordPieceTokenizer.Create(vocabulary.ToLines(), new WordPieceOptions
        {
            PreTokenizer = PreTokenizer.CreateWhiteSpace(),
            Normalizer = new BertNormalizer(options, maxCharactersOfWord),
            UnknownToken = unknown,
            ContinuingSubwordPrefix = Continuation,
            MaxInputCharsPerWord = 2 * maxCharactersOfWord,
        });
    }
}

/// <summary>What BERT's normalizer does; the defaults are those of uncased models.</summary>
internal sealed record BertNormalizerOptions
{
    /// <summary>Control characters go.</summary>
    public bool CleansText { get; init; } = true;

    /// <summary>Chinese characters are words of their own.</summary>
    public bool SplitsChinese { get; init; } = true;

    public bool LowerCases { get; init; } = true;

    /// <summary><see langword="null"/>: where capitals go, accents go.</summary>
    public bool? StripsAccents { get; init; }
}

/// <summary>
/// A text as words with spaces between them, as BERT's normalizer and pre-tokenizer cut it: punctuation stands alone. The library's own
/// differs in one text of four.
/// </summary>
internal sealed class BertNormalizer(BertNormalizerOptions options, int maxCharactersOfWord) : Normalizer
{
    // No vocabulary spells it: a word that is too long is unknown as a whole.
    private const char TooLong = '\uFFFF';

    private readonly bool _stripsAccents = options.StripsAccents ?? options.LowerCases;

    public override string Normalize(string original) => Normalize(original.AsSpan());

    public override string Normalize(ReadOnlySpan<char> original)
    {
        var text = Clean(original);
        if (_stripsAccents)
        {
            text = UnicodeForm.Apply(text, NormalizationForm.FormD);
        }

        return Split(text);
    }

    private string Clean(ReadOnlySpan<char> original)
    {
        var cleaned = new StringBuilder(original.Length + (original.Length / 8));
        Span<char> units = stackalloc char[2];
        foreach (var rune in original.EnumerateRunes())
        {
            if (options.CleansText && IsControl(rune))
            {
                continue;
            }

            var standsAlone = options.SplitsChinese && IsChinese(rune.Value);
            if (standsAlone)
            {
                cleaned.Append(' ');
            }

            cleaned.Append(units[..rune.EncodeToUtf16(units)]);
            if (standsAlone)
            {
                cleaned.Append(' ');
            }
        }

        return cleaned.ToString();
    }

    private string Split(string text)
    {
        var words = new StringBuilder(text.Length + (text.Length / 4));
        var wordStart = 0;
        var characters = 0;
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (_stripsAccents && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                EndWord();
            }
            else if (IsPunctuation(rune))
            {
                EndWord();
                words.Append(units[..rune.EncodeToUtf16(units)]);
                characters = 1;
                EndWord();
            }
            else if (options.LowerCases && rune.Value == 'İ')
            {
                // The one capital whose small letter is two characters, where its accent is kept.
                words.Append("i\u0307");
                characters += 2;
            }
            else
            {
                var shown = options.LowerCases ? Rune.ToLowerInvariant(rune) : rune;
                words.Append(units[..shown.EncodeToUtf16(units)]);
                characters++;
            }
        }

        EndWord();
        return words.ToString();

        void EndWord()
        {
            if (characters > maxCharactersOfWord)
            {
                words.Length = wordStart;
                words.Append(TooLong);
            }

            if (words.Length > wordStart)
            {
                words.Append(' ');
            }

            wordStart = words.Length;
            characters = 0;
        }
    }

    private static bool IsControl(Rune rune) => rune.Value == 0xFFFD || (rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);

    private static bool IsPunctuation(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation
        || (rune.IsAscii && rune.Value > ' ' && !Rune.IsLetterOrDigit(rune) && rune.Value != 0x7F);

    private static bool IsChinese(int value) => value
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
