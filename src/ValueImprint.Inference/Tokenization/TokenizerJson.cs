using System.Text.Json;
using ValueImprint.Core.Documents;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// <c>tokenizer.json</c>, which holds any kind of tokenizer. What this version can't reproduce to the id is refused by its field: a stage,
/// an option or an added token that is not understood would change scores in silence.
/// </summary>
internal static class TokenizerJson
{
    public const string FileName = "tokenizer.json";

    public static PackageTokenizer Read(string folder, SpecialTokens specials)
    {
        var file = Path.Combine(folder, FileName);

        // A limit of its own, or padding, is what a caller of that library asked for; a package's own limit counts here. A decoder is for
        // the way back.
        var root = PackageFile.ReadObject(file).Only(
            "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
        var model = root.Get("model");

        // Files of old exporters don't say the type: a Unigram vocabulary alone is a list.
        var type = model.Text("type", model.Get("vocab").Kind == JsonValueKind.Array ? "Unigram" : model.TryGet("merges", out _) ? "BPE" : "WordPiece");
        var tokenizer = type switch
        {
            "BPE" => ReadByteLevelBpe(file, root, model, specials),
            "WordPiece" => ReadWordPiece(file, root, model, specials),
            "Unigram" => ReadUnigram(file, root, model, specials),
            _ => throw model.Get("type").Fault($"found '{type}', expected BPE, WordPiece or Unigram."),
        };
        return ReadFrame(root, tokenizer) with { Files = [FileName] };
    }

    private static PackageTokenizer ReadByteLevelBpe(string file, JsonField root, JsonField model, SpecialTokens specials)
    {
        model.Only(
            "type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
        Expect(model, "continuing_subword_prefix", "");
        Expect(model, "end_of_word_suffix", "");
        Expect(model, "byte_fallback", expected: false);
        Expect(model, "ignore_merges", expected: false);
        if (model.Number("dropout", 0, 1, 0) != 0)
        {
            model.Get("dropout").Refuse("expected none: the same text would get other ids each time.");
        }

        var stages = Stages(root, "pre_tokenizer", "pretokenizers");
        if (stages is not [var byteLevel] || TypeOf(byteLevel) != "ByteLevel")
        {
            throw Unknown(root, "pre_tokenizer", stages, "ByteLevel alone");
        }

        byteLevel.Only("type", "add_prefix_space", "trim_offsets", "use_regex");
        Expect(byteLevel, "use_regex", expected: true);
        var normalizers = Stages(root, "normalizer", "normalizers");
        if (normalizers.Any(static stage => TypeOf(stage) != "NFC"))
        {
            throw Unknown(root, "normalizer", normalizers, "NFC or none");
        }

        var (vocabulary, added) = ReadVocabulary(file, root, model);
        var unknown = model.TryGet("unk_token", out var field) ? field.Text() : null;
        if (unknown is not null && !vocabulary.Ids.ContainsKey(unknown))
        {
            field.Refuse($"there is no token '{unknown}'.");
        }

        var merges = model.Get("merges").Items().Select(static merge =>
            merge.Kind == JsonValueKind.Array ? string.Join(' ', merge.Items().Select(static part => part.Text())) : merge.Text()).ToList();
        return new PackageTokenizer
        {
            Files = [],
            Tokenizer = ByteLevelBpe.Create(
                vocabulary, merges, file, unknown, added, byteLevel.Flag("add_prefix_space", absent: true), normalizesToFormC: normalizers.Length > 0),
            Before = Frame(root, vocabulary, "start token", specials.Start, "<s>", "[CLS]"),
            Behind = Frame(root, vocabulary, "end token", specials.End, "</s>", "[SEP]"),
            PadId = vocabulary.Special("padding token", specials.Pad, "<pad>", "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = file,
        };
    }

    private static PackageTokenizer ReadWordPiece(string file, JsonField root, JsonField model, SpecialTokens specials)
    {
        model.Only("type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab");
        if (model.Text("continuing_subword_prefix", WordPiece.Continuation) != WordPiece.Continuation)
        {
            model.Get("continuing_subword_prefix").Refuse($"expected '{WordPiece.Continuation}'.");
        }

        var normalizers = Stages(root, "normalizer", "normalizers");
        if (normalizers is not [var normalizer] || TypeOf(normalizer) != "BertNormalizer")
        {
            throw Unknown(root, "normalizer", normalizers, "BertNormalizer");
        }

        normalizer.Only("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        var stages = Stages(root, "pre_tokenizer", "pretokenizers");
        if (stages is not [var preTokenizer] || TypeOf(preTokenizer) != "BertPreTokenizer")
        {
            throw Unknown(root, "pre_tokenizer", stages, "BertPreTokenizer");
        }

        var (vocabulary, _) = ReadVocabulary(file, root, model);
        var unknown = model.Text("unk_token", "[UNK]");
        return new PackageTokenizer
        {
            Files = [],
            Tokenizer = WordPiece.Create(
                vocabulary,
                vocabulary.Spelling(vocabulary.Special("unknown token", unknown)),
                model.WholeNumber("max_input_chars_per_word", 1, 1 << 10, WordPiece.MaxCharactersOfWord),
                new BertNormalizerOptions
                {
                    CleansText = normalizer.Flag("clean_text", absent: true),
                    SplitsChinese = normalizer.Flag("handle_chinese_chars", absent: true),
                    StripsAccents = normalizer.TryGet("strip_accents", out var strips) ? normalizer.Flag("strip_accents", absent: false) : null,
                    LowerCases = normalizer.Flag("lowercase", absent: true),
                }),
            Before = Frame(root, vocabulary, "start token", specials.Start, "[CLS]"),
            Behind = Frame(root, vocabulary, "end token", specials.End, "[SEP]"),
            PadId = vocabulary.Special("padding token", specials.Pad, "[PAD]"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = file,
        };
    }

    private static PackageTokenizer ReadUnigram(string file, JsonField root, JsonField model, SpecialTokens specials)
    {
        model.Only("type", "unk_id", "vocab", "byte_fallback");
        Expect(model, "byte_fallback", expected: false);
        var pieces = new List<UnigramPiece>();
        foreach (var entry in model.Get("vocab").Items())
        {
            pieces.Add(entry.Items().ToArray() is [var piece, var score]
                ? new UnigramPiece(piece.Text(), (float)score.Number(float.MinValue, float.MaxValue))
                : throw entry.Fault("expected a piece and its score."));
        }

        var unknown = (int)model.Get("unk_id").WholeNumber(0, pieces.Count - 1);
        var ids = pieces.Select(static (piece, id) => (piece.Text, id)).DistinctBy(static pair => pair.Text).ToDictionary(StringComparer.Ordinal);
        var added = ReadAddedTokens(root, ids);
        for (var id = 0; id < pieces.Count; id++)
        {
            pieces[id] = pieces[id] with { IsControl = id == unknown || added.Contains(pieces[id].Text) };
        }

        var vocabulary = new Vocabulary(file, ids);
        var preparation = new UnigramPreparation([.. Stages(root, "normalizer", "normalizers").Select(ReadUnigramStage)], ReadMetaspace(root));
        return new PackageTokenizer
        {
            Files = [],
            Tokenizer = Unigram.Create(file, pieces, unknown),
            Prepare = preparation.Apply,
            Before = Frame(root, vocabulary, "start token", specials.Start, "[CLS]", "<s>"),
            Behind = Frame(root, vocabulary, "end token", specials.End, "[SEP]", "</s>"),
            PadId = vocabulary.Special("padding token", specials.Pad, "[PAD]", "<pad>"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = file,
            FusedId = unknown,
        };
    }

    private static Func<string, string> ReadUnigramStage(JsonField stage)
    {
        switch (TypeOf(stage))
        {
            case "Precompiled":
                stage.Only("type", "precompiled_charsmap");
                var map = stage.Get("precompiled_charsmap");
                var bytes = new byte[map.Text().Length];
                return Convert.TryFromBase64String(map.Text(), bytes, out var length) && CharacterMap.TryRead(bytes.AsSpan(0, length), out var characters)
                    ? characters.Apply
                    : throw map.Fault("is no map of characters in base64.");
            case "Strip":
                stage.Only("type", "strip_left", "strip_right");
                var (left, right) = (stage.Flag("strip_left", absent: true), stage.Flag("strip_right", absent: true));
                return text => (left, right) switch
                {
                    (true, true) => text.Trim(),
                    (true, false) => text.TrimStart(),
                    (false, true) => text.TrimEnd(),
                    _ => text,
                };
            case "Replace":
                stage.Only("type", "pattern", "content");
                var pattern = stage.Get("pattern");
                return pattern.TryGet("Regex", out var regex) && regex.Text() == " {2,}" && stage.Get("content").Text() is " " or "\u2581"
                    ? UnigramPreparation.ReplaceRunsOfSpaces(stage.Get("content").Text())
                    : throw pattern.Fault("expected the regular expression ' {2,}' with a space as its content.");
            case var type:
                throw stage.Fault($"found {type}, expected Precompiled, Strip, or Replace of runs of spaces. This version can't reproduce another one.");
        }
    }

    private static Metaspace ReadMetaspace(JsonField root)
    {
        var stages = Stages(root, "pre_tokenizer", "pretokenizers");
        var splits = stages is [var first, _] && TypeOf(first) == "WhitespaceSplit";
        if (stages.Length == 0 || stages.Length != (splits ? 2 : 1) || TypeOf(stages[^1]) != "Metaspace")
        {
            throw Unknown(root, "pre_tokenizer", stages, "Metaspace, or WhitespaceSplit and Metaspace");
        }

        var stage = stages[^1].Only("type", "replacement", "str_rep", "add_prefix_space", "prepend_scheme", "split");
        Expect(stage, "replacement", "\u2581");
        Expect(stage, "split", expected: true);
        var scheme = stage.Text("prepend_scheme", stage.Flag("add_prefix_space", absent: true) ? "always" : "never");
        return scheme == "always" || (!splits && scheme is "first" or "never")
            ? new Metaspace(SplitsWhiteSpace: splits, Prepends: scheme != "never")
            : throw stage.Fault($"found '{scheme}' as its scheme of spaces in front, expected always. This version can't reproduce another one.");
    }

    private static (Vocabulary Vocabulary, IReadOnlySet<string> Added) ReadVocabulary(string file, JsonField root, JsonField model)
    {
        var ids = new Dictionary<string, int>(Vocabulary.OfObject(file, model.Get("vocab")).Ids, StringComparer.Ordinal);
        var added = ReadAddedTokens(root, ids);
        return (new Vocabulary(file, ids), added);
    }

    // A text that spells a special token is a text: nobody who writes one must be able to end it. One that is not special would be found in
    // texts.
    private static HashSet<string> ReadAddedTokens(JsonField root, Dictionary<string, int> ids)
    {
        var contents = new HashSet<string>(StringComparer.Ordinal);
        if (root.TryGet("added_tokens", out var added))
        {
            foreach (var token in added.Items())
            {
                var content = token.Only("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special").Get("content").Text();
                if (!token.Flag("special", absent: true))
                {
                    token.Refuse($"'{content}' is not special, so that it would be taken for one token wherever a text holds it. This version can't reproduce that.");
                }

                ids[content] = (int)token.Get("id").WholeNumber(0, int.MaxValue);
                contents.Add(content);
            }
        }

        return contents;
    }

    // Not looked for where the file says what frames a text.
    private static int[] Frame(JsonField root, Vocabulary vocabulary, string role, string? configured, params ReadOnlySpan<string> usual) =>
        root.TryGet("post_processor", out _) ? [] : [vocabulary.Special(role, configured, usual)];

    private static PackageTokenizer ReadFrame(JsonField root, PackageTokenizer tokenizer)
    {
        if (!root.TryGet("post_processor", out _))
        {
            return tokenizer; // Framed with the tokens that the package names.
        }

        // ByteLevel is a matter of offsets.
        var stages = Stages(root, "post_processor", "processors").Where(static stage => TypeOf(stage) != "ByteLevel").ToArray();
        switch (stages)
        {
            case []:
                return tokenizer with { Before = [], Behind = [] };
            case [var stage] when TypeOf(stage) is "RobertaProcessing" or "BertProcessing":
                stage.Only("type", "sep", "cls", "trim_offsets", "add_prefix_space");
                return tokenizer with { Before = [IdOf(stage.Get("cls"))], Behind = [IdOf(stage.Get("sep"))] };
            case [var stage] when TypeOf(stage) == "TemplateProcessing":
                var (before, behind) = ReadTemplate(stage);
                return tokenizer with { Before = before, Behind = behind };
            default:
                throw Unknown(root, "post_processor", stages, "RobertaProcessing, BertProcessing, TemplateProcessing, ByteLevel or none");
        }

        static int IdOf(JsonField pair) => pair.Items().ToArray() is [_, var id]
            ? (int)id.WholeNumber(0, int.MaxValue)
            : throw pair.Fault("expected a token and its id.");
    }

    private static (IReadOnlyList<int> Before, IReadOnlyList<int> Behind) ReadTemplate(JsonField stage)
    {
        stage.Only("type", "single", "pair", "special_tokens");
        List<int> before = [];
        List<int> behind = [];
        var hasText = false;
        foreach (var item in stage.Get("single").Items())
        {
            var isText = item.TryGet("Sequence", out var part);
            part = isText ? part : item.Get("SpecialToken");
            if (part.WholeNumber("type_id", 0, int.MaxValue, 0) != 0)
            {
                part.Get("type_id").Refuse("expected 0: every token here is of the first kind.");
            }

            if (isText)
            {
                hasText = hasText ? throw item.Fault("the text is there twice.") : true;
            }
            else
            {
                (hasText ? behind : before).AddRange(
                    stage.Get("special_tokens").Get(part.Get("id").Text()).Get("ids").Items().Select(static id => (int)id.WholeNumber(0, int.MaxValue)));
            }
        }

        return hasText ? (before, behind) : throw stage.Get("single").Fault("the text is missing.");
    }

    // A stage is an object; several come as a Sequence of them.
    private static JsonField[] Stages(JsonField root, string name, string list) =>
        !root.TryGet(name, out var field) ? []
        : TypeOf(field) == "Sequence" ? [.. field.Get(list).Items()]
        : [field];

    private static string TypeOf(JsonField stage) => stage.Get("type").Text();

    private static void Expect(JsonField stage, string name, string expected)
    {
        if (stage.TryGet(name, out var field) && field.Text() != expected)
        {
            field.Refuse($"found '{field.Text()}', expected {(expected.Length == 0 ? "none" : $"'{expected}'")}. This version can't reproduce another one.");
        }
    }

    private static void Expect(JsonField stage, string name, bool expected)
    {
        if (stage.Flag(name, expected) != expected)
        {
            stage.Get(name).Refuse($"expected {(expected ? "true" : "false")}. This version can't reproduce the other.");
        }
    }

    private static Exception Unknown(JsonField root, string name, JsonField[] found, string expected) => root.FaultAt(
        name,
        $"{(found.Length == 0 ? "there is none" : $"found {string.Join(" and ", found.Select(TypeOf))}")}, expected {expected}. This version can't reproduce another one.");
}
