using System.Globalization;

namespace ValueImprint.Core.Estimation;

/// <summary>How sure an interval is to hold the truth.</summary>
public readonly record struct ConfidenceLevel
{
    /// <summary>The levels that can be asked for, in words.</summary>
    public const string Range = "a share from 50% to 99.9999%, such as 95%";

    internal const long QuantileScale = 1_000_000_000_000;

    private readonly double _level;
    private readonly long _scaledQuantile;

    /// <summary>Makes a level.</summary>
    /// <param name="level">From 0.5 to 0.999999.</param>
    public ConfidenceLevel(double level)
    {
        if (!(level is >= 0.5 and <= 0.999999))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, $"Expected {Range}.");
        }

        _level = level;
        _scaledQuantile = (long)Math.Round(StandardNormal.Quantile((1 + level) / 2) * QuantileScale);
    }

    /// <summary>95 %.</summary>
    public static ConfidenceLevel Default { get; } = new(0.95);

    /// <summary>From 0.5 to 0.999999; 0.95 unless set.</summary>
    public double Level => _scaledQuantile == 0 ? Default._level : _level;

    /// <summary>
    /// The two-sided quantile of the normal distribution (1.96 for 95 %), to twelve decimals, so that every machine judges alike.
    /// </summary>
    public double Quantile => (double)ScaledQuantile / QuantileScale;

    internal long ScaledQuantile => _scaledQuantile == 0 ? Default._scaledQuantile : _scaledQuantile;

    /// <summary>Reads <c>95%</c> or <c>0.95</c>.</summary>
    public static bool TryParse(string text, out ConfidenceLevel level)
    {
        var isPercent = text.EndsWith('%');
        var digits = isPercent ? text[..^1].TrimEnd() : text;
        var isNumber = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        number = isPercent ? number / 100 : number;
        var isLevel = isNumber && number is >= 0.5m and <= 0.999999m;
        level = isLevel ? new ConfidenceLevel((double)number) : Default;
        return isLevel;
    }

    /// <summary>Such as <c>95 %</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(Level * 100, 6):0.######} %");
}
