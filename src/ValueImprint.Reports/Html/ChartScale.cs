namespace ValueImprint.Reports.Html;

/// <summary>An axis of shares, divided evenly at round numbers.</summary>
/// <param name="Lower">Its left end.</param>
/// <param name="Upper">Its right end.</param>
/// <param name="Steps">Into how many parts it is divided.</param>
internal readonly record struct ChartScale(double Lower, double Upper, int Steps)
{
    private static readonly double[] _steps = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

    /// <summary>From 0 to a round number that is not below the largest one shown; up to five parts.</summary>
    public static ChartScale Shares(IEnumerable<double> shown)
    {
        var (count, step) = StepsTo(shown, 5);
        return new ChartScale(0, count * step, count);
    }

    /// <summary>As far to the left of 0 as to the right.</summary>
    public static ChartScale Differences(IEnumerable<double> shown)
    {
        var (count, step) = StepsTo(shown.Select(Math.Abs), 3);
        return new ChartScale(-count * step, count * step, 2 * count);
    }

    /// <summary>The numbers at the divisions.</summary>
    public IEnumerable<double> Ticks()
    {
        for (var index = 0; index <= Steps; index++)
        {
            yield return Lower + (Upper - Lower) * index / Steps;
        }
    }

    /// <summary>The place of a number, in percent of the width.</summary>
    public double At(double number) => Math.Clamp((number - Lower) / (Upper - Lower), 0, 1) * 100;

    private static (int Count, double Step) StepsTo(IEnumerable<double> shown, int most)
    {
        var largest = Math.Min(1, shown.Where(double.IsFinite).DefaultIfEmpty(1).Max());
        var step = _steps.FirstOrDefault(step => largest <= step * most, _steps[^1]);
        return (Math.Max(1, (int)Math.Ceiling(largest / step - 1e-9)), step);
    }
}
