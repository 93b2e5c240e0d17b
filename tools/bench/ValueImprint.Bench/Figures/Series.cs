namespace ValueImprint.Bench.Figures;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Median => Percentile(0.5);

    public double Least => _values.Min();

    public double Most => _values.Max();

    public double Last => _values[^1];

    public void Add(double value) => _values.Add(value);

    public void AddRange(IEnumerable<double> values) => _values.AddRange(values);

    /// <summary>Nearest rank below or at a share in [0, 1]; with an even count the median is the mean of the two in the middle.</summary>
    public double Percentile(double share)
    {
        var sorted = _values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new InvalidOperationException("Nothing was measured.");
        }

        if (share == 0.5 && sorted.Length % 2 == 0)
        {
            return (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        }

        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>This divided by another series, round by round: both were taken in turn.</summary>
    public Series Over(Series other)
    {
        var ratios = new Series();
        ratios.AddRange(_values.Zip(other._values, static (mine, its) => mine / its));
        return ratios;
    }
}
