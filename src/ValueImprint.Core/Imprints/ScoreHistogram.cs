namespace ValueImprint.Core.Imprints;

/// <summary>The fixed bins that scores are counted in, so that histograms of shards add up.</summary>
public static class ScoreHistogram
{
    /// <summary>Bins of equal width over [0, 1].</summary>
    public const int Bins = 20;

    /// <summary>The bin of a score: <c>[0, 0.05)</c> is 0; 1 falls into the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">NaN, or outside [0, 1].</exception>
    public static int BinOf(float score) => score is >= 0 and <= 1
        ? Math.Min(Bins - 1, (int)(score * (double)Bins))
        : throw new ArgumentOutOfRangeException(nameof(score), score, "A score must lie in [0, 1].");
}
