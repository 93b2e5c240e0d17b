using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Byte-level BPE (GPT-2, RoBERTa): <c>vocab.json</c> and <c>merges.txt</c>.</summary>
internal static class ByteLevelBpeFiles
{
    public static TokenizerSource Read(string folder, SpecialTokens specials)
    {
        var vocabularyFile = Path.Combine(folder, "vocab.json");
        var mergesFile = Path.Combine(folder, "merges.txt");
        var vocabulary = Vocabulary.OfObject(vocabularyFile, JsonField.ReadObject(vocabularyFile));
        var configFile = Path.Combine(folder, SpecialTokens.FileNames[0]);
        return Create(vocabulary, File.ReadAllText(mergesFile), mergesFile, specials) with
        {
            Files = ["vocab.json", "merges.txt"],
            PrependsSpace = File.Exists(configFile) && JsonField.ReadObject(configFile).Flag("add_prefix_space", absent: false),
        };
    }

    public static TokenizerSource Create(Vocabulary vocabulary, string merges, string mergesFile, SpecialTokens specials)
    {
        // A text holds no tokens by their spelling: "<s>" inside it is three signs.
        var unknown = vocabulary.Special("unknown token", specials.Unknown, "<unk>", "[UNK]", "<|endoftext|>");
        var pairs = new BytePairMerges(vocabulary, merges, mergesFile, unknown);
        return new TokenizerSource
        {
            Files = [],
            Create = () => new BytePairTokenizer(pairs),
            Cuts = new CutRule(),
            StartId = vocabulary.Special("start token", specials.Start, "<s>", "[CLS]"),
            EndId = vocabulary.Special("end token", specials.End, "</s>", "[SEP]"),
            PadId = vocabulary.Special("padding token", specials.Pad, "<pad>", "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = vocabulary.File,
        };
    }
}
