using Google.Protobuf;
using Microsoft.ML.Tokenizers;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.SentencePiece;

namespace ValueImprint.Inference.Tokenization;

/// <param name="Text">What it spells, with U+2581 for a space.</param>
/// <param name="Score">Logarithm of its probability.</param>
/// <param name="IsControl">Nothing in a text stands for it.</param>
internal readonly record struct UnigramPiece(string Text, float Score, bool IsControl = false);

/// <summary>
/// Unigram (XLM-R, DeBERTa; Kudo 2018), by <see cref="SentencePieceTokenizer"/>. That reads a model in SentencePiece's own format only, so
/// one is written; all that goes before the search for the likeliest pieces is done by <see cref="UnigramPreparation"/>.
/// </summary>
internal static class Unigram
{
    /// <param name="file">Where the pieces are from.</param>
    /// <param name="pieces">By id.</param>
    /// <param name="unknown">Id of what stands for a character without a piece.</param>
    public static SentencePieceTokenizer Create(string file, IReadOnlyList<UnigramPiece> pieces, int unknown)
    {
        var model = new Model
        {
            // The library wants a start and an end, which it is never told to use.
            Trainer = new Trainer
            {
                UnknownId = unknown,
                UnknownText = pieces[unknown].Text,
                StartId = unknown,
                StartText = pieces[unknown].Text,
                EndId = unknown,
                EndText = pieces[unknown].Text,
            },
            Normalizer = new SentencePiece.Normalizer { AddsDummyPrefix = false, RemovesExtraWhiteSpace = false, EscapesWhiteSpace = false },
        };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var id = 0; id < pieces.Count; id++)
        {
            var piece = pieces[id];
            if (!piece.IsControl && !seen.Add(piece.Text))
            {
                throw new ModelPackageException(file, null, $"holds the piece '{piece.Text}' twice.");
            }

            // A word has its space in front: what has one further behind belongs to no word.
            var isOfNoWord = piece.Text.Length == 0 || piece.Text.IndexOf(UnigramPreparation.Space, 1) > 0;
            model.Pieces.Add(new Piece
            {
                Text = piece.Text,
                Score = piece.Score,
                Kind = id == unknown ? Piece.Types.Kind.Unknown : piece.IsControl || isOfNoWord ? Piece.Types.Kind.Control : Piece.Types.Kind.Normal,
            });
        }

        return SentencePieceTokenizer.Create(new MemoryStream(model.ToByteArray()), addBeginningOfSentence: false, addEndOfSentence: false);
    }
}
