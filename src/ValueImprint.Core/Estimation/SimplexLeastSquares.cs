namespace ValueImprint.Core.Estimation;

/// <summary>
/// Finds shares, none negative and adding up to 1, whose mixture of rows comes nearest to a target. Solving without these bounds and
/// cutting off what is negative, as is also done, is worse where the rows are much alike.
/// </summary>
internal static class SimplexLeastSquares
{
    private const int Steps = 500;

    /// <summary>Projected gradient descent with Nesterov's momentum.</summary>
    /// <param name="rows"><c>[shares][target]</c>.</param>
    /// <param name="target">What the mixture should give.</param>
    public static double[] Solve(double[][] rows, double[] target)
    {
        // The trace bounds the largest curvature, so the step is safe.
        var curvature = rows.Sum(static row => row.Sum(static entry => entry * entry));
        var shares = new double[rows.Length];
        Array.Fill(shares, 1.0 / shares.Length);
        var ahead = shares.ToArray();
        var momentum = 1.0;
        for (var step = 0; step < Steps; step++)
        {
            var residual = Residual(rows, target, ahead);
            var next = Project([.. ahead.Select((share, index) => share - Dot(rows[index], residual) / curvature)]);
            var nextMomentum = (1 + Math.Sqrt(1 + 4 * momentum * momentum)) / 2;
            for (var index = 0; index < shares.Length; index++)
            {
                ahead[index] = next[index] + (momentum - 1) / nextMomentum * (next[index] - shares[index]);
            }

            (shares, momentum) = (next, nextMomentum);
        }

        return shares;
    }

    private static double[] Residual(double[][] rows, double[] target, double[] shares)
    {
        var residual = new double[target.Length];
        for (var column = 0; column < target.Length; column++)
        {
            residual[column] = -target[column];
            for (var row = 0; row < rows.Length; row++)
            {
                residual[column] += shares[row] * rows[row][column];
            }
        }

        return residual;
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Length; index++)
        {
            sum += one[index] * other[index];
        }

        return sum;
    }

    // The nearest point with no negative entry and sum 1: take the same from all, so that what stays positive adds up to 1.
    private static double[] Project(double[] point)
    {
        var sorted = point.OrderDescending().ToArray();
        var (sum, taken) = (0.0, 0.0);
        for (var kept = 1; kept <= sorted.Length; kept++)
        {
            sum += sorted[kept - 1];
            var candidate = (sum - 1) / kept;
            if (sorted[kept - 1] - candidate > 0)
            {
                taken = candidate;
            }
        }

        return [.. point.Select(entry => Math.Max(0, entry - taken))];
    }
}
