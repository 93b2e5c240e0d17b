namespace ValueImprint.Core.Estimation;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
public static class StandardNormal
{
    private const double LargestQuantile = 8;

    /// <summary>
    /// The probability of at most <paramref name="x"/>, to about 1e-15 for |x| up to 8. By the series
    /// ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + …), all of whose terms have one sign (Abramowitz and Stegun 26.2.11).
    /// </summary>
    public static double Cumulative(double x)
    {
        if (Math.Abs(x) > LargestQuantile)
        {
            return x > 0 ? 1 : 0;
        }

        var term = x;
        var sum = x;
        for (var odd = 3; Math.Abs(term) > Math.Abs(sum) * 1e-17; odd += 2)
        {
            term *= x * x / odd;
            sum += term;
        }

        return 0.5 + sum * Density(x);
    }

    /// <summary>The x whose <see cref="Cumulative"/> is <paramref name="probability"/>, to about 1e-12 in the middle part.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within [1e-9, 1 − 1e-9].</exception>
    public static double Quantile(double probability)
    {
        if (!(probability is >= 1e-9 and <= 1 - 1e-9))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected a probability within [1e-9, 1 - 1e-9].");
        }

        // Bisection: monotone, never astray, and 60 halvings of [-8, 8] are at the end of a double's digits.
        var (low, high) = (-LargestQuantile, LargestQuantile);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Cumulative(middle) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
