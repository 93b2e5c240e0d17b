using System.Text.Json;
using Google.Protobuf;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.SentencePiece;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

/// <summary>A SentencePiece model without <c>tokenizer.json</c> gives the ids that the same pieces have with it.</summary>
public sealed class SentencePieceFileTests : IDisposable
{
    private readonly TokenizerFolder _folder = new();
    private readonly JsonElement _json = JsonDocument.Parse(File.ReadAllText(Fixture.Path("tokenizer/unigram-words/tokenizer.json"))).RootElement;

    [Fact]
    public void Encode_XlmRoberta_GivesTheIdsOfTheFastTokenizer()
    {
        // There the file's own three are <unk>, <s> and </s>.
        Write("sentencepiece.bpe.model", "xlm-roberta", CreateModel(["<unk>", "<s>", "</s>"]));

        AssertSameIds("unigram_words", frame: (0, 2));
    }

    [Fact]
    public void Encode_DebertaV2_GivesTheIdsOfTheFile()
    {
        Write("spm.model", "deberta-v2", CreateModel(["[PAD]", "[CLS]", "[SEP]", "[UNK]"]), unknown: 3);

        AssertSameIds("unigram_spaces", frame: (1, 2));
    }

    [Theory]
    [InlineData("t5", false, "its ids in the family 't5'")]
    [InlineData("xlm-roberta", true, "trainer_spec.model_type: found Bpe")]
    public void Read_FileThatCannotBeReproduced_IsRefused(string family, bool isBpe, string expected)
    {
        var model = CreateModel(["<unk>", "<s>", "</s>"]);
        model.Trainer.Kind = isBpe ? Trainer.Types.Kind.Bpe : Trainer.Types.Kind.Unigram;
        Write("spm.model", family, model);

        Assert.Contains(expected, Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoModelAtAll_SaysSo()
    {
        _folder.Write("config.json", """{ "model_type": "xlm-roberta" }""");
        _folder.Write("spm.model", "text");

        Assert.Contains("spm.model: is no SentencePiece model", Assert.Throws<ModelPackageException>(() => PackageTokenizer.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertSameIds(string kind, (int Before, int Behind) frame)
    {
        var encoder = TokenizerFolder.Encoder(_folder.Path);
        foreach (var line in File.ReadLines(Fixture.Path("tokenizer/huggingface.jsonl")).Select(static line => JsonDocument.Parse(line).RootElement))
        {
            var text = line.GetProperty("text").GetString()!; // Every line has one.
            if (text.Contains("s>", StringComparison.Ordinal) || text.Contains("pad>", StringComparison.Ordinal))
            {
                continue; // A piece like any other there, and one of control here.
            }

            int[] expected = [frame.Before, .. line.GetProperty(kind).EnumerateArray().Select(static id => id.GetInt32()), frame.Behind];
            Assert.Equal(expected, encoder.Encode(text).Ids.ToArray());
        }
    }

    private void Write(string file, string family, Model model, int unknown = 0)
    {
        model.Trainer.UnknownId = unknown;
        _folder.Write("config.json", $$"""{ "model_type": "{{family}}" }""");
        File.WriteAllBytes(Path.Combine(_folder.Path, file), model.ToByteArray());
    }

    private Model CreateModel(string[] controls)
    {
        var map = _json.GetProperty("normalizer").GetProperty("normalizers")[0].GetProperty("precompiled_charsmap").GetBytesFromBase64();
        var model = new Model { Trainer = new Trainer(), Normalizer = new Normalizer { CharacterMap = ByteString.CopyFrom(map) } };
        model.Pieces.AddRange(controls.Select(static text => new Piece { Text = text, Kind = Piece.Types.Kind.Control }));
        model.Pieces.AddRange(_json.GetProperty("model").GetProperty("vocab").EnumerateArray().Skip(4).Select(static entry =>
            new Piece { Text = entry[0].GetString(), Score = entry[1].GetSingle() }));
        return model;
    }
}
