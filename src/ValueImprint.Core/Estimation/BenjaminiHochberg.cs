namespace ValueImprint.Core.Estimation;

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
