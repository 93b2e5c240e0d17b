using Microsoft.ML.Tokenizers;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>A package's tokenizer, and the ids around a text. Immutable, and safe for concurrent use.</summary>
internal sealed record PackageTokenizer
{
    /// <summary>The files, relative to the package's folder, that decide its ids.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Turns a text into ids, without any that frame it.</summary>
    public required Tokenizer Tokenizer { get; init; }

    /// <summary>What is done to a text first, where the tokenizer doesn't do it itself.</summary>
    public Func<string, string>? Prepare { get; init; }

    /// <summary>Go before a text: <c>&lt;s&gt;</c>, <c>[CLS]</c>.</summary>
    public required IReadOnlyList<int> Before { get; init; }

    /// <summary>Go behind a text: <c>&lt;/s&gt;</c>, <c>[SEP]</c>.</summary>
    public required IReadOnlyList<int> Behind { get; init; }

    /// <summary>Fills a row up.</summary>
    public required int PadId { get; init; }

    /// <summary>Largest id that can come out, which the model's embedding must hold.</summary>
    public required int LargestId { get; init; }

    /// <summary>The file with the ids, for messages.</summary>
    public required string VocabularyFile { get; init; }

    /// <summary>An id of which several in a row count as one: Unigram's unknown token.</summary>
    public int? FusedId { get; init; }

    /// <summary>Ids around a text.</summary>
    public int FrameLength => Before.Count + Behind.Count;

    /// <summary>Reads the tokenizer that a package brings: <c>tokenizer.json</c> decides where there are several files.</summary>
    /// <exception cref="ModelPackageException">There is none, or it isn't one that this version knows.</exception>
    public static PackageTokenizer Read(string folder)
    {
        var specials = SpecialTokens.Read(folder);
        var tokenizer = Has(TokenizerJson.FileName) ? TokenizerJson.Read(folder, specials)
            : Has("vocab.json") && Has("merges.txt") ? ByteLevelBpe.Read(folder, specials)
            : Has("vocab.txt") ? WordPiece.Read(folder, specials)
            : SentencePieceFile.FileNames.FirstOrDefault(Has) is { } model ? SentencePieceFile.Read(folder, model, specials)
            : throw new ModelPackageException(
                folder, null,
                $"holds no tokenizer: expected {TokenizerJson.FileName}, or vocab.json and merges.txt, or vocab.txt, or {string.Join(" or ", SentencePieceFile.FileNames)}. "
                + "Copy the tokenizer's files from the model's page into the package.");
        return tokenizer with { Files = [.. tokenizer.Files, .. SpecialTokens.FileNames.Where(Has)] };

        bool Has(string name) => Path.Exists(Path.Combine(folder, name));
    }
}
