using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>WordPiece (BERT): <c>vocab.txt</c>.</summary>
internal static class WordPieceFiles
{
    public static TokenizerSource Read(string folder, SpecialTokens specials)
    {
        var vocabulary = Vocabulary.OfLines(Path.Combine(folder, "vocab.txt"));
        var configFile = Path.Combine(folder, SpecialTokens.FileNames[0]);
        var lowerCases = true;
        bool? stripsAccents = null;
        var splitsChinese = true;
        if (File.Exists(configFile))
        {
            var config = PackageJson.ReadObject(configFile);
            lowerCases = config.Flag("do_lower_case", absent: true);
            stripsAccents = config.TryGet("strip_accents", out _) ? config.Flag("strip_accents", absent: false) : null;
            splitsChinese = config.Flag("tokenize_chinese_chars", absent: true);
        }

        return Create(vocabulary, specials, lowerCases, stripsAccents ?? lowerCases, splitsChinese) with { Files = ["vocab.txt"] };
    }

    public static TokenizerSource Create(
        Vocabulary vocabulary, SpecialTokens specials, bool lowerCases, bool stripsAccents, bool splitsChinese)
    {
        var unknown = vocabulary.Special("unknown token", specials.Unknown, "[UNK]");
        var words = new BertWords(lowerCases, stripsAccents, splitsChinese);
        return new TokenizerSource
        {
            Files = [],
            Create = () => new WordPieceTokenizer(words, vocabulary.Ids, unknown),
            Cuts = new CutRule(),
            StartId = vocabulary.Special("start token", specials.Start, "[CLS]"),
            EndId = vocabulary.Special("end token", specials.End, "[SEP]"),
            PadId = vocabulary.Special("padding token", specials.Pad, "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = vocabulary.File,
        };
    }
}
