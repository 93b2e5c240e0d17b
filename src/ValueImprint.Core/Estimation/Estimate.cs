namespace ValueImprint.Core.Estimation;

/// <summary>A number and how sure it is.</summary>
/// <param name="Value">The number.</param>
/// <param name="Interval">Its interval.</param>
public readonly record struct Estimate(double Value, Interval Interval);
