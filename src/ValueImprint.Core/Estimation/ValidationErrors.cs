using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Estimation;

/// <summary>How often each value's texts fall into each cell (a predicted value with a bin of its score), and how sure that is.</summary>
internal sealed class ValidationErrors
{
    // One text's worth of the overall distribution joins every row, so that a cell that a value's few validation texts happened to miss
    // is unlikely for it, not impossible.
    private const double Smoothing = 1;

    // A value's texts are mistaken otherwise in another source: its errors scatter from source to source as if each row of the matrix were
    // known from so many texts, however many validated it. The likeliest number over nine sources of annotated texts; README.md beside.
    private const double TextsBetweenSources = 20;

    private readonly int _cells;
    private readonly double[] _texts;

    public ValidationErrors(ConfusionMatrix confusion)
    {
        _cells = confusion.Values * confusion.Bins;
        Expected = new double[confusion.Values * _cells];
        _texts = new double[confusion.Values];
        Overall = new double[_cells];
        foreach (var (index, count) in confusion.Counts.ToArray().Index())
        {
            Overall[index % _cells] += count;
        }

        var total = Overall.Sum();
        foreach (ref var share in Overall.AsSpan())
        {
            share = (share + 1.0 / _cells) / (total + 1);
        }

        for (var index = 0; index < Expected.Length; index++)
        {
            Expected[index] = confusion.Counts[index] + Smoothing * Overall[index % _cells];
            _texts[index / _cells] += Expected[index];
        }
    }

    /// <summary><c>[true value, cell]</c>: smoothed counts.</summary>
    public double[] Expected { get; }

    /// <summary><c>[cell]</c>: shares of all validation texts; none is 0, and they add up to 1.</summary>
    public double[] Overall { get; }

    /// <summary>
    /// Errors that a dataset could have: another sample of validation texts, and another source. Each true value has its own; how many
    /// texts it has is no matter of chance.
    /// </summary>
    public void Draw(double[] drawn, SeededRandom random)
    {
        for (var value = 0; value < _texts.Length; value++)
        {
            var row = drawn.AsSpan(value * _cells, _cells);
            var known = 1 / (1 / _texts[value] + 1 / TextsBetweenSources);
            for (var cell = 0; cell < _cells; cell++)
            {
                row[cell] = Expected[value * _cells + cell] * known / _texts[value];
            }

            Bootstrap.Draw(row, row, random);
            foreach (ref var share in row)
            {
                share *= _texts[value];
            }
        }
    }
}
