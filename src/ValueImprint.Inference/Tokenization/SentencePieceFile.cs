using Google.Protobuf;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.SentencePiece;

namespace ValueImprint.Inference.Tokenization;

/// <summary>
/// A SentencePiece model alone, without <c>tokenizer.json</c>. It doesn't say which ids its pieces have in a model, nor what frames a text: that is
/// a matter of the family, so that families that are not known here are refused.
/// </summary>
internal static class SentencePieceFile
{
    public static readonly string[] FileNames = ["sentencepiece.bpe.model", "spm.model", "spiece.model"];

    public static PackageTokenizer Read(string folder, string name, SpecialTokens specials)
    {
        var file = Path.Combine(folder, name);
        var model = Parse(file);
        var pieces = model.Pieces.Select(static piece => new UnigramPiece(
            piece.Text, piece.Score, IsControl: piece.Kind is Piece.Types.Kind.Control or Piece.Types.Kind.Unknown or Piece.Types.Kind.Unused)).ToList();
        var unknown = model.Trainer?.UnknownId ?? 0;
        var splitsWhiteSpace = false;
        var configFile = Path.Combine(folder, "config.json");
        switch (PackageFile.ReadObject(configFile).Text("model_type", ""))
        {
            // fairseq, where these models are from, has its own four in front of the file's pieces, which have three there.
            case "xlm-roberta":
                pieces.RemoveRange(0, Math.Min(3, pieces.Count));
                pieces.InsertRange(0, ((string[])["<s>", "<pad>", "</s>", "<unk>"]).Select(static text => new UnigramPiece(text, 0, IsControl: true)));
                (unknown, splitsWhiteSpace) = (3, true);
                break;
            case "deberta-v2":
                break;
            case var family:
                throw new ModelPackageException(
                    file, null, $"is the only file of a tokenizer, and its ids in the family '{family}' ({configFile}: model_type) are not known here; expected "
                    + $"xlm-roberta or deberta-v2. Save {TokenizerJson.FileName} beside it, as the fast tokenizer's save_pretrained does.");
        }

        if (unknown < 0 || unknown >= pieces.Count)
        {
            throw new ModelPackageException(file, "trainer_spec.unk_id", FormattableString.Invariant($"is {unknown}, but there are {pieces.Count} pieces."));
        }

        var ids = pieces.Select(static (piece, id) => (piece.Text, id)).DistinctBy(static pair => pair.Text).ToDictionary(StringComparer.Ordinal);
        var vocabulary = new Vocabulary(file, ids);
        return new PackageTokenizer
        {
            Files = [name, "config.json"],
            Tokenizer = Unigram.Create(file, pieces, unknown),
            Prepare = new UnigramPreparation(ReadStages(file, model.Normalizer), new Metaspace(splitsWhiteSpace, Prepends: true)).Apply,
            Before = [vocabulary.Special("start token", specials.Start, "[CLS]", "<s>")],
            Behind = [vocabulary.Special("end token", specials.End, "[SEP]", "</s>")],
            PadId = vocabulary.Special("padding token", specials.Pad, "[PAD]", "<pad>"),
            LargestId = vocabulary.LargestId,
            VocabularyFile = file,
            FusedId = unknown,
        };
    }

    private static Model Parse(string file)
    {
        Model model;
        try
        {
            model = Model.Parser.ParseFrom(PackageFile.ReadBytes(file));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ModelPackageException(file, null, "is no SentencePiece model.", exception);
        }

        var kind = model.Trainer?.Kind ?? Trainer.Types.Kind.Unigram;
        if (model.Pieces.Count == 0 || kind != Trainer.Types.Kind.Unigram)
        {
            throw new ModelPackageException(file, "trainer_spec.model_type", $"found {kind} with {model.Pieces.Count} pieces, expected a Unigram model.");
        }

        if (model.Trainer is { FallsBackToBytes: true } or { SpaceIsSuffix: true })
        {
            throw new ModelPackageException(file, "trainer_spec", "byte_fallback and treat_whitespace_as_suffix must be off. This version can't reproduce them.");
        }

        return model.Pieces.FirstOrDefault(static piece => piece.Kind is Piece.Types.Kind.UserDefined or Piece.Types.Kind.Byte) is not { } odd
            ? model
            : throw new ModelPackageException(
                file, "pieces", $"'{odd.Text}' would be taken for one token wherever a text holds it. This version can't reproduce that.");
    }

    private static List<Func<string, string>> ReadStages(string file, Normalizer? normalizer)
    {
        normalizer ??= new Normalizer();
        if (!normalizer.AddsDummyPrefix || !normalizer.EscapesWhiteSpace)
        {
            throw new ModelPackageException(file, "normalizer_spec", "add_dummy_prefix and escape_whitespaces must be on. This version can't reproduce the other.");
        }

        // In the order of the fast tokenizers that are made of such files: what the map makes of the ends stays.
        List<Func<string, string>> stages = normalizer.RemovesExtraWhiteSpace ? [static text => text.Trim()] : [];
        if (normalizer.CharacterMap.Length > 0)
        {
            stages.Add(CharacterMap.TryRead(normalizer.CharacterMap.Span, out var map)
                ? map.Apply
                : throw new ModelPackageException(file, "normalizer_spec.precompiled_charsmap", "is no map of characters."));
        }

        if (normalizer.RemovesExtraWhiteSpace)
        {
            stages.Add(UnigramPreparation.ReplaceRunsOfSpaces(" "));
        }

        return stages;
    }
}
