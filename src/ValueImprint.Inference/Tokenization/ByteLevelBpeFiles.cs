using System.Text.Json;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Byte-level BPE (GPT-2, RoBERTa): <c>vocab.json</c> and <c>merges.txt</c>.</summary>
internal static class ByteLevelBpeFiles
{
    // The one spelling that the operator takes for a token wherever it occurs. A cut behind "<|" is one that the pre-tokenizer
    // makes as well (punctuation before letters), so that the pieces' ids are those of the whole.
    private const string EndOfText = "<|endoftext|>";
    private const int CutInEndOfText = 2;

    // How byte-level vocabularies spell the byte 0.
    private const string NulSpelling = "\u0100";

    public static TokenizerSource Read(string folder, SpecialTokens specials)
    {
        var vocabularyFile = Path.Combine(folder, "vocab.json");
        var mergesFile = Path.Combine(folder, "merges.txt");
        var vocabulary = Vocabulary.OfObject(vocabularyFile, PackageJson.ReadObject(vocabularyFile));
        var configFile = Path.Combine(folder, SpecialTokens.FileNames[0]);
        return Create(vocabulary, File.ReadAllText(mergesFile), mergesFile, specials) with
        {
            Files = ["vocab.json", "merges.txt"],
            PrependsSpace = File.Exists(configFile) && PackageJson.ReadObject(configFile).Flag("add_prefix_space", absent: false),
        };
    }

    public static TokenizerSource Create(Vocabulary vocabulary, string merges, string mergesFile, SpecialTokens specials)
    {
        if (string.IsNullOrWhiteSpace(merges))
        {
            throw new ModelPackageException(mergesFile, null, "holds no merges.");
        }

        var unknown = vocabulary.Special("unknown token", specials.Unknown, "<unk>", "[UNK]", EndOfText);
        Dictionary<string, int> ids = new(vocabulary.Ids, StringComparer.Ordinal) { [EndOfText] = unknown };

        // The RoBERTa operator would also take "<s>" and "</s>" inside a text for tokens; a text must not hold any.
        var tokenizer = new TokenizerOperator(
            "GPT2Tokenizer",
            [new("vocab", JsonSerializer.Serialize(ids)), new("merges", merges)],
            [new("padding_length", -1)],
            OutputCount: 2,
            OutputRank: 2,
            HasMask: true);
        var nul = vocabulary.Ids.TryGetValue(NulSpelling, out var found) ? found : unknown;
        return new TokenizerSource
        {
            Files = [],
            Create = () => new OperatorTokenizer(tokenizer),
            Cuts = new CutRule(AtControls: true, nul, EndOfText, CutInEndOfText),
            StartId = vocabulary.Special("start token", specials.Start, "<s>", "[CLS]"),
            EndId = vocabulary.Special("end token", specials.End, "</s>", "[SEP]"),
            PadId = vocabulary.Special("padding token", specials.Pad, "<pad>", "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = vocabulary.File,
        };
    }
}
