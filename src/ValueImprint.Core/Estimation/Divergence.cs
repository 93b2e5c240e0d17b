namespace ValueImprint.Core.Estimation;

/// <summary>How far two distributions over the same outcomes are apart.</summary>
public static class Divergence
{
    /// <summary>
    /// The Jensen-Shannon divergence in bits, from 0 (equal) to 1 (nothing in common): J. Lin, "Divergence measures based on the Shannon
    /// entropy", IEEE Transactions on Information Theory 37 (1991) 145–151.
    /// </summary>
    /// <param name="one">Shares that add up to 1.</param>
    /// <param name="other">Shares that add up to 1, as many.</param>
    public static double JensenShannon(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Length; index++)
        {
            var middle = (one[index] + other[index]) / 2;
            sum += (Part(one[index], middle) + Part(other[index], middle)) / 2;
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The total variation distance, from 0 to 1: the most by which the shares of any set of outcomes differ.</summary>
    /// <param name="one">Shares that add up to 1.</param>
    /// <param name="other">Shares that add up to 1, as many.</param>
    public static double TotalVariation(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Length; index++)
        {
            sum += Math.Abs(one[index] - other[index]);
        }

        return Math.Clamp(sum / 2, 0, 1);
    }

    private static double Part(double share, double middle) => share > 0 ? share * Math.Log2(share / middle) : 0;
}
