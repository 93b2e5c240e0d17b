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

/// <summary>
/// Random numbers that are the same on every machine and in every version: xoshiro256** (D. Blackman and S. Vigna, "Scrambled linear
/// pseudorandom number generators", ACM Transactions on Mathematical Software 47, 2021), seeded by splitmix64.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SeededRandom(ulong seed)
    {
        (_a, _b, _c, _d) = (Split(ref seed), Split(ref seed), Split(ref seed), Split(ref seed));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Gamma distributed with a shape above 0 and scale 1: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma
    /// variables", ACM Transactions on Mathematical Software 26 (2000) 363–372.
    /// </summary>
    public double NextGamma(double shape)
    {
        if (shape < 1)
        {
            // Their section 6: a draw of the next shape, scaled down by a power of a uniform one.
            return NextGamma(shape + 1) * Math.Pow(1 - NextDouble(), 1 / shape);
        }

        var d = shape - 1 / 3.0;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var v = 1 + c * x;
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(1 - NextDouble()) < 0.5 * x * x + d * (1 - v + Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    // Marsaglia's polar method; the second number of each pair is let go.
    private double NextNormal()
    {
        while (true)
        {
            var (x, y) = (2 * NextDouble() - 1, 2 * NextDouble() - 1);
            var square = x * x + y * y;
            if (square is > 0 and < 1)
            {
                return x * Math.Sqrt(-2 * Math.Log(square) / square);
            }
        }
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Split(ref ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        var mixed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
