namespace ValueImprint.Core.Estimation;

/// <summary>
/// Replays what sampling could have given. The Bayesian bootstrap (D. B. Rubin, Annals of Statistics 9 (1981) 130–134): instead of
/// drawing texts again, their weights are drawn, so a replicate costs the same for a thousand texts and for a billion. Seeded: the
/// same counts give the same interval everywhere.
/// </summary>
internal static class Bootstrap
{
    /// <summary>Replicates for an interval.</summary>
    public const int Replicates = 2000;

    /// <summary>The seed of every interval.</summary>
    public const ulong Seed = 0x56616C7565;

    /// <summary>A draw of the shares behind counts: Dirichlet with the counts as parameters; an outcome never seen stays at 0.</summary>
    /// <param name="counts">None negative, not all 0; not necessarily whole numbers.</param>
    /// <param name="shares">As many; takes shares that add up to 1.</param>
    /// <param name="random">The source of chance.</param>
    public static void Draw(ReadOnlySpan<double> counts, Span<double> shares, SeededRandom random)
    {
        var sum = 0.0;
        for (var index = 0; index < counts.Length; index++)
        {
            shares[index] = counts[index] > 0 ? random.NextGamma(counts[index]) : 0;
            sum += shares[index];
        }

        foreach (ref var share in shares)
        {
            share /= sum;
        }
    }

    /// <summary>The middle part of replicates: the percentile interval.</summary>
    public static Interval Percentile(double[] replicates, ConfidenceLevel level)
    {
        Array.Sort(replicates);
        var tail = (1 - level.Level) / 2;
        return new Interval(At(replicates, tail), At(replicates, 1 - tail));
    }

    /// <summary>
    /// The basic (reverse percentile) interval, for a distance from 0 to 1, which noise alone pushes upwards: replicates lie as far
    /// above the estimate as the estimate lies above the truth. Within [0, 1].
    /// </summary>
    public static Interval Basic(double estimate, double[] replicates, ConfidenceLevel level)
    {
        var percentile = Percentile(replicates, level);
        return new Interval(Math.Clamp(2 * estimate - percentile.Upper, 0, 1), Math.Clamp(2 * estimate - percentile.Lower, 0, 1));
    }

    private static double At(double[] sorted, double probability)
    {
        var place = probability * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length
            ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
            : sorted[below];
    }
}
