namespace ValueImprint.Core.Estimation;

/// <summary>
/// Whether one of two paired texts has something more often than the other: Q. McNemar, "Note on the sampling error of the difference
/// between correlated proportions or percentages", Psychometrika 12 (1947) 153–157, in its exact form.
/// </summary>
public static class McNemar
{
    /// <summary>
    /// The two-sided p-value: only pairs whose sides differ say anything, and without a preference each falls to either side with
    /// probability ½. Twice the smaller binomial tail, at most 1.
    /// </summary>
    /// <param name="firstOnly">Pairs in which only the first side has it.</param>
    /// <param name="secondOnly">Pairs in which only the second side has it.</param>
    public static double ExactPValue(long firstOnly, long secondOnly)
    {
        var pairs = firstOnly + secondOnly;
        var fewer = Math.Min(firstOnly, secondOnly);
        if (2 * fewer == pairs)
        {
            return 1;
        }

        // Downwards from the largest term of the tail: each is k / (n - k + 1) of the one above it.
        var largest = LogFactorial.Of(pairs) - LogFactorial.Of(fewer) - LogFactorial.Of(pairs - fewer) - pairs * Math.Log(2);
        var (sum, term) = (1.0, 1.0);
        for (var k = fewer; k > 0 && term > sum * 1e-17; k--)
        {
            term *= (double)k / (pairs - k + 1);
            sum += term;
        }

        return Math.Min(1, 2 * Math.Exp(largest) * sum);
    }
}

/// <summary>
/// Keeps the share of false discoveries in check when many hypotheses are tested at once: Y. Benjamini and Y. Hochberg, "Controlling the
/// false discovery rate", Journal of the Royal Statistical Society B 57 (1995) 289–300.
/// </summary>
public static class BenjaminiHochberg
{
    /// <summary>
    /// Adjusted p-values in the order of the given ones: rejecting those of at most q keeps the false discovery rate at q.
    /// </summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var least = 1.0;
        var rank = pValues.Count;
        foreach (var (index, pValue) in pValues.Index().OrderByDescending(static item => item.Item))
        {
            least = Math.Min(least, pValue * pValues.Count / rank--);
            adjusted[index] = least;
        }

        return adjusted;
    }
}

/// <summary>ln n! for counts.</summary>
internal static class LogFactorial
{
    private const int TableSize = 32;

    private static readonly double[] _table = MakeTable();

    /// <summary>
    /// ln n!, to about 1e-15 of its size: by multiplication up to 31, then by Stirling's series with three terms, whose rest is below
    /// 1 / (1680 n⁷).
    /// </summary>
    public static double Of(long n)
    {
        if (n < TableSize)
        {
            return _table[n];
        }

        double x = n;
        var inverseSquare = 1 / (x * x);
        return (x + 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI)
            + (1 / 12.0 - inverseSquare * (1 / 360.0 - inverseSquare / 1260.0)) / x;
    }

    private static double[] MakeTable()
    {
        var table = new double[TableSize];
        for (var n = 2; n < TableSize; n++)
        {
            table[n] = table[n - 1] + Math.Log(n);
        }

        return table;
    }
}
