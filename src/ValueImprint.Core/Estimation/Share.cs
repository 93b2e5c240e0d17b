namespace ValueImprint.Core.Estimation;

/// <summary>A part of a whole, kept as the two counts so that comparisons are exact.</summary>
/// <param name="Count">The part, from 0 to <paramref name="Total"/>.</param>
/// <param name="Total">The whole, from 0.</param>
public readonly record struct Share(long Count, long Total)
{
    /// <summary>The share in [0, 1], for display; NaN of nothing.</summary>
    public double Value => (double)Count / Total;
}

/// <summary>A confidence interval.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public readonly record struct Interval(double Lower, double Upper);

/// <summary>A number and how sure it is.</summary>
/// <param name="Value">The number.</param>
/// <param name="Interval">Its interval.</param>
public readonly record struct Estimate(double Value, Interval Interval);
