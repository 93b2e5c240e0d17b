namespace ValueImprint.Core.Estimation;

/// <summary>A part of a whole, kept as the two counts so that comparisons are exact.</summary>
/// <param name="Count">The part, from 0 to <paramref name="Total"/>.</param>
/// <param name="Total">The whole, from 0.</param>
public readonly record struct Share(long Count, long Total)
{
    /// <summary>The share in [0, 1], for display; NaN of nothing.</summary>
    public double Value => (double)Count / Total;
}
