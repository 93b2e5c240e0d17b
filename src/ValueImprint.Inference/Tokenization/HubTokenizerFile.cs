using System.Text.Json;
using ValueImprint.Core.Documents;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// <c>tokenizer.json</c>, which holds any kind of tokenizer: byte-level BPE and WordPiece are handed to the same operators as their
/// own files, Unigram (XLM-R, DeBERTa) to the operator that reads this format.
/// </summary>
internal static class HubTokenizerFile
{
    public const string FileName = "tokenizer.json";

    public static TokenizerSource Read(string folder, SpecialTokens specials)
    {
        var file = Path.Combine(folder, FileName);
        var root = PackageJson.ReadObject(file);
        var model = root.Get("model");

        // Files of old exporters don't say the type: a Unigram vocabulary alone is a list.
        var type = model.Text("type", model.Get("vocab").Kind == JsonValueKind.Array ? "Unigram" : model.TryGet("merges", out _) ? "BPE" : "WordPiece");
        var source = type switch
        {
            "BPE" => ReadByteLevelBpe(file, root, model, specials),
            "WordPiece" => ReadWordPiece(file, root, model, specials),
            "Unigram" => UnigramFile.Read(file, root, model, specials),
            _ => throw model.Get("type").Fault($"found '{type}', expected BPE, WordPiece or Unigram."),
        };
        return source with { Files = [FileName] };
    }

    private static TokenizerSource ReadByteLevelBpe(string file, JsonField root, JsonField model, SpecialTokens specials)
    {
        var stages = root.TryGet("pre_tokenizer", out var preTokenizer) ? Stages(preTokenizer, "pretokenizers").ToArray() : [];
        if (stages is not [var byteLevel] || byteLevel.Text("type", "") != "ByteLevel" || !byteLevel.Flag("use_regex", absent: true))
        {
            throw Unknown(root, "pre_tokenizer", "ByteLevel with its own pattern");
        }

        var merges = model.Get("merges").Items().Select(static merge =>
            merge.Kind == JsonValueKind.Array ? string.Join(' ', merge.Items().Select(static part => part.Text())) : merge.Text());
        var source = ByteLevelBpeFiles.Create(ReadVocabulary(file, root, model), $"#version: 0.2\n{string.Join('\n', merges)}\n", file, specials);
        return source with
        {
            PrependsSpace = byteLevel.Flag("add_prefix_space", absent: true),
            NormalizesToFormC = root.TryGet("normalizer", out var normalizer)
                && (normalizer.Text("type", "") == "NFC" ? true : throw Unknown(root, "normalizer", "NFC or none")),
        };
    }

    private static TokenizerSource ReadWordPiece(string file, JsonField root, JsonField model, SpecialTokens specials)
    {
        if (!root.TryGet("normalizer", out var normalizer) || normalizer.Text("type", "") != "BertNormalizer")
        {
            throw Unknown(root, "normalizer", "BertNormalizer");
        }

        var prefix = model.Text("continuing_subword_prefix", "##");
        if (prefix != "##")
        {
            model.Get("continuing_subword_prefix").Refuse($"found '{prefix}', expected '##'.");
        }

        var lowerCases = normalizer.Flag("lowercase", absent: true);
        return WordPieceFiles.Create(
            ReadVocabulary(file, root, model),
            specials,
            lowerCases,
            normalizer.Flag("strip_accents", absent: lowerCases),
            normalizer.Flag("handle_chinese_chars", absent: true));
    }

    private static Vocabulary ReadVocabulary(string file, JsonField root, JsonField model)
    {
        var ids = new Dictionary<string, int>(Vocabulary.OfObject(file, model.Get("vocab")).Ids, StringComparer.Ordinal);
        if (root.TryGet("added_tokens", out var added))
        {
            foreach (var token in added.Items())
            {
                ids[token.Get("content").Text()] = (int)token.Get("id").WholeNumber(0, int.MaxValue);
            }
        }

        return new Vocabulary(file, ids);
    }

    // A stage is an object; several come as a Sequence of them.
    private static IEnumerable<JsonField> Stages(JsonField field, string list) =>
        field.Text("type", "") == "Sequence" ? field.Get(list).Items() : [field];

    private static Exception Unknown(JsonField root, string name, string expected)
    {
        var found = root.TryGet(name, out var field) ? $"found {field.Text("type", "?")}" : "there is none";
        return root.FaultAt(name, $"{found}, expected {expected}. This version can't reproduce another one.");
    }
}
