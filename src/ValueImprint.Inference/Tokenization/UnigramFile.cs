using System.Buffers;
using System.Text;
using System.Text.Json;
using ValueImprint.Core.Documents;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Unigram (XLM-R, DeBERTa) in <c>tokenizer.json</c>.</summary>
internal static class UnigramFile
{
    // The operator copies the rest of the text at every character, so that its time grows with the square of the length.
    private const int CharsAtOnce = 1024;

    public static TokenizerSource Read(string file, JsonField root, JsonField model, SpecialTokens specials)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        var pieces = model.Get("vocab").Items().Select(static entry => entry.Items().ToArray()).ToArray();
        for (var id = 0; id < pieces.Length; id++)
        {
            if (pieces[id] is not [var piece, var score])
            {
                throw model.Get("vocab").Fault(FormattableString.Invariant($"entry {id} must be a piece and its score."));
            }

            score.Number(double.MinValue, double.MaxValue);
            ids[piece.Text()] = id;
        }

        var unknown = (int)model.Get("unk_id").WholeNumber(0, pieces.Length - 1);
        var controls = new HashSet<int> { unknown };
        if (root.TryGet("added_tokens", out var added))
        {
            foreach (var token in added.Items())
            {
                var id = (int)token.Get("id").WholeNumber(0, int.MaxValue);
                ids[token.Get("content").Text()] = id;
                controls.Add(id);
            }
        }

        var vocabulary = new Vocabulary(file, ids);
        var tokenizer = new TokenizerOperator(
            "HfJsonTokenizer",
            [
                new("tokenizer_vocab", WriteForOperator(root, model, pieces, controls)),
                new("tokenizer_config", """{"tokenizer_class":"XLMRobertaTokenizer","add_bos_token":false,"add_eos_token":false}"""),
            ],
            [],
            OutputCount: 1,
            OutputRank: 1);
        return new TokenizerSource
        {
            Files = [],
            Create = () => new OperatorTokenizer(tokenizer),
            Cuts = new CutRule(AtControls: true, MostChars: CharsAtOnce),
            StartId = vocabulary.Special("start token", specials.Start, "[CLS]", "<s>"),
            EndId = vocabulary.Special("end token", specials.End, "[SEP]", "</s>"),
            PadId = vocabulary.Special("padding token", specials.Pad, "[PAD]", "<pad>"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = file,
        };
    }

    // Without the added tokens, and with unspellable names for those in the vocabulary: a text must not hold any, and the operator
    // reads beyond the text's end when it does.
    private static string WriteForOperator(JsonField root, JsonField model, JsonField[][] pieces, HashSet<int> controls)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("added_tokens");
            writer.WriteEndArray();
            foreach (var name in (string[])["normalizer", "pre_tokenizer"])
            {
                if (root.TryGet(name, out var stage))
                {
                    writer.WritePropertyName(name);
                    stage.Element.WriteTo(writer);
                }
            }

            writer.WriteStartObject("model");
            writer.WriteString("type", "Unigram");
            writer.WritePropertyName("unk_id");
            model.Get("unk_id").Element.WriteTo(writer);
            writer.WriteStartArray("vocab");
            for (var id = 0; id < pieces.Length; id++)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(controls.Contains(id) ? FormattableString.Invariant($"\U0010FFFE{id}\U0010FFFF") : pieces[id][0].Text());
                pieces[id][1].Element.WriteTo(writer);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
