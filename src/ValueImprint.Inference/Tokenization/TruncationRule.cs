using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Tokenization;

/// <summary>What is kept of a text's tokens.</summary>
/// <param name="Strategy">Which end, or both.</param>
/// <param name="Budget">Tokens that may be kept, the two that frame a text not counted.</param>
/// <param name="HeadShare">Share of the budget for the head in <see cref="TruncationStrategy.HeadTail"/>, in [0, 1].</param>
internal readonly record struct TruncationRule(TruncationStrategy Strategy, int Budget, double HeadShare)
{
    /// <summary>Tokens kept of the beginning of a text that is too long; the rest of the budget goes to its end.</summary>
    public int Head => Strategy switch
    {
        TruncationStrategy.Head => Budget,
        TruncationStrategy.Tail => 0,
        _ => (int)Math.Ceiling(Budget * HeadShare),
    };

    public int Tail => Budget - Head;

    public TruncationKind Kind => Strategy switch
    {
        TruncationStrategy.Head => TruncationKind.Head,
        TruncationStrategy.Tail => TruncationKind.Tail,
        _ => TruncationKind.HeadTail,
    };
}
