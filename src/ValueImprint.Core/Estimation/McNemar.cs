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
