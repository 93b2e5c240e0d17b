namespace ValueImprint.Core.Estimation;

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
