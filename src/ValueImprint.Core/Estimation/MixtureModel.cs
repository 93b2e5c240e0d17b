using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Estimation;

/// <summary>
/// What labels and scores to expect of each value's texts, and from there the mixture of values behind observed ones. A "cell" is a
/// predicted value with a bin of its score.
/// </summary>
internal sealed class MixtureModel
{
    private const int MaxSteps = 1000;
    private const double Precision = 1e-7;

    private readonly int _bins;
    private readonly int _cells;
    private readonly double[] _likelihood;
    private readonly double[] _prior;
    private readonly int _values;

    /// <summary>Learns from a confusion matrix's weights.</summary>
    /// <param name="shape">Values and bins.</param>
    /// <param name="weights"><c>[true value, cell]</c>: texts, not necessarily whole ones; of every value some.</param>
    public MixtureModel(ConfusionMatrix shape, ReadOnlySpan<double> weights)
    {
        (_values, _bins, _cells) = (shape.Values, shape.Bins, shape.Values * shape.Bins);
        _likelihood = new double[_values * _cells];
        _prior = new double[_values];
        var total = 0.0;
        for (var index = 0; index < weights.Length; index++)
        {
            _prior[index / _cells] += weights[index];
            total += weights[index];
        }

        for (var index = 0; index < weights.Length; index++)
        {
            _likelihood[index] = weights[index] / _prior[index / _cells];
        }

        for (var value = 0; value < _values; value++)
        {
            _prior[value] /= total;
        }
    }

    /// <summary>The shares of the values.</summary>
    /// <param name="observed"><c>[cell]</c>: texts, or weights in their place; not all 0.</param>
    /// <param name="method">How to estimate.</param>
    public double[] Estimate(ReadOnlySpan<double> observed, PrevalenceMethod method)
    {
        var shares = Normalised(observed);
        return method switch
        {
            PrevalenceMethod.ClassifyAndCount => Labels(shares),
            PrevalenceMethod.AdjustedCount => SimplexLeastSquares.Solve(LabelsByValue(), Labels(shares)),
            PrevalenceMethod.ProbabilisticCount => Posteriors(shares),
            PrevalenceMethod.ProbabilisticAdjustedCount => SimplexLeastSquares.Solve(PosteriorsByValue(), Posteriors(shares)),
            _ => Maximise(shares),
        };
    }

    private double[] Labels(ReadOnlySpan<double> cells)
    {
        var labels = new double[_values];
        for (var cell = 0; cell < _cells; cell++)
        {
            labels[cell / _bins] += cells[cell];
        }

        return labels;
    }

    private double[][] LabelsByValue() =>
        [.. Enumerable.Range(0, _values).Select(value => Labels(_likelihood.AsSpan(value * _cells, _cells)))];

    // The validation set's own mixture as prior, as a classifier's probabilities have it.
    private double[] Posteriors(ReadOnlySpan<double> cells) => Step(cells, _prior);

    private double[][] PosteriorsByValue() =>
        [.. Enumerable.Range(0, _values).Select(value => Posteriors(_likelihood.AsSpan(value * _cells, _cells)))];

    private double[] Maximise(ReadOnlySpan<double> cells)
    {
        var shares = new double[_values];
        Array.Fill(shares, 1.0 / _values);
        for (var step = 0; step < MaxSteps; step++)
        {
            var next = Step(cells, shares);
            var moved = 0.0;
            for (var value = 0; value < _values; value++)
            {
                moved = Math.Max(moved, Math.Abs(next[value] - shares[value]));
            }

            shares = next;
            if (moved < Precision)
            {
                break;
            }
        }

        return shares;
    }

    // The mean probability of each value over the cells, with the given mixture as prior.
    private double[] Step(ReadOnlySpan<double> cells, double[] prior)
    {
        var means = new double[_values];
        for (var cell = 0; cell < _cells; cell++)
        {
            if (cells[cell] == 0)
            {
                continue;
            }

            var evidence = 0.0;
            for (var value = 0; value < _values; value++)
            {
                evidence += prior[value] * _likelihood[value * _cells + cell];
            }

            if (evidence == 0)
            {
                // Only where a drawn share is too small for a double; such a cell says nothing then.
                continue;
            }

            for (var value = 0; value < _values; value++)
            {
                means[value] += cells[cell] * prior[value] * _likelihood[value * _cells + cell] / evidence;
            }
        }

        return Normalised(means);
    }

    private static double[] Normalised(ReadOnlySpan<double> weights)
    {
        var shares = weights.ToArray();
        var sum = shares.Sum();
        for (var index = 0; index < shares.Length; index++)
        {
            shares[index] /= sum;
        }

        return shares;
    }
}

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
