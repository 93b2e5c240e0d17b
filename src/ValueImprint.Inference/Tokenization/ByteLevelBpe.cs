using System.Text;
using Microsoft.ML.Tokenizers;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Byte-level BPE (GPT-2, RoBERTa; Radford et al. 2019), by <see cref="BpeTokenizer"/>.</summary>
internal static class ByteLevelBpe
{
    /// <summary><c>vocab.json</c> and <c>merges.txt</c>, framed as RoBERTa does.</summary>
    public static PackageTokenizer Read(string folder, SpecialTokens specials)
    {
        var vocabularyFile = Path.Combine(folder, "vocab.json");
        var mergesFile = Path.Combine(folder, "merges.txt");
        var configFile = Path.Combine(folder, SpecialTokens.ConfigFile);
        var vocabulary = Vocabulary.OfObject(vocabularyFile, PackageFile.ReadObject(vocabularyFile));
        var unknown = vocabulary.Special("unknown token", specials.Unknown, "<unk>", "[UNK]", "<|endoftext|>");
        var prependsSpace = File.Exists(configFile) && PackageFile.ReadObject(configFile).Flag("add_prefix_space", absent: false);
        return new PackageTokenizer
        {
            Files = ["vocab.json", "merges.txt"],
            Tokenizer = Create(vocabulary, ReadMerges(mergesFile), mergesFile, vocabulary.Spelling(unknown), specials.All, prependsSpace, normalizesToFormC: false),
            Before = [vocabulary.Special("start token", specials.Start, "<s>", "[CLS]")],
            Behind = [vocabulary.Special("end token", specials.End, "</s>", "[SEP]")],
            PadId = vocabulary.Special("padding token", specials.Pad, "<pad>", "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = vocabularyFile,
        };
    }

    /// <param name="vocabulary">Tokens, whose bytes are spelled as GPT-2 does.</param>
    /// <param name="merges">Pairs of tokens with a space between them, the first merged first.</param>
    /// <param name="mergesFile">Where they are from.</param>
    /// <param name="unknown">Stands for a byte that the vocabulary lacks; <see langword="null"/>: such bytes are left out.</param>
    /// <param name="specials">Tokens that no merge need yield.</param>
    /// <param name="prependsSpace">A text is read as if a space went before it.</param>
    /// <param name="normalizesToFormC">A text is brought into Unicode's form C first.</param>
    public static BpeTokenizer Create(
        Vocabulary vocabulary, IReadOnlyList<string> merges, string mergesFile, string? unknown, IReadOnlySet<string> specials,
        bool prependsSpace, bool normalizesToFormC)
    {
        CheckMerges(vocabulary, merges, mergesFile, specials);
        return BpeTokenizer.Create(new BpeOptions(vocabulary.Ids)
        {
            Merges = merges,
            ByteLevel = true,
            UnknownToken = unknown,
            PreTokenizer = new ByteLevelPreTokenizer(),
            Normalizer = prependsSpace || normalizesToFormC ? new ByteLevelNormalizer(prependsSpace, normalizesToFormC) : null,
        });
    }

    private static List<string> ReadMerges(string file)
    {
        List<string> merges = [];
        foreach (var line in PackageFile.ReadLines(file))
        {
            if (line.Length > 0 && !(merges.Count == 0 && line.StartsWith("#version", StringComparison.Ordinal)))
            {
                merges.Add(line);
            }
        }

        return merges;
    }

    // A file that is cut off still parses, and gives other ids: the vocabulary then holds tokens that nothing yields.
    private static void CheckMerges(Vocabulary vocabulary, IReadOnlyList<string> merges, string file, IReadOnlySet<string> specials)
    {
        var yielded = new HashSet<string>(StringComparer.Ordinal);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var parts = merges[rank].Split(' ');
            if (parts is not [{ Length: > 0 } left, { Length: > 0 } right])
            {
                throw new ModelPackageException(file, null, FormattableString.Invariant($"merge {rank + 1} is not two tokens with a space between them."));
            }

            foreach (var token in (string[])[left, right, left + right])
            {
                if (!vocabulary.Ids.ContainsKey(token))
                {
                    throw new ModelPackageException(
                        file, null, FormattableString.Invariant($"merge {rank + 1} needs the token '{token}', which {Path.GetFileName(vocabulary.File)} lacks. Is the file cut off, or another model's?"));
                }
            }

            yielded.Add(left + right);
        }

        var orphans = vocabulary.Ids.Keys.Where(token => token.Length > 1 && !yielded.Contains(token) && !specials.Contains(token) && !IsControl(token)).ToArray();
        if (orphans.Length > 0)
        {
            throw new ModelPackageException(file, null, FormattableString.Invariant(
                $"yields none of {orphans.Length} tokens of {Path.GetFileName(vocabulary.File)}, such as '{orphans[0]}'. Is the file cut off, or another model's?"));
        }
    }

    // <mask>, [unused3], and what fills RoBERTa's vocabulary up to a multiple of eight.
    private static bool IsControl(string token) =>
        (token[0] == '<' && token[^1] == '>') || (token[0] == '[' && token[^1] == ']') || token.StartsWith("madeupword", StringComparison.Ordinal);

    private sealed class ByteLevelNormalizer(bool prependsSpace, bool normalizesToFormC) : Normalizer
    {
        public override string Normalize(string original)
        {
            var text = normalizesToFormC ? UnicodeForm.Apply(original, NormalizationForm.FormC) : original;
            return prependsSpace && text.Length > 0 && text[0] != ' ' ? " " + text : text;
        }

        public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());
    }
}
