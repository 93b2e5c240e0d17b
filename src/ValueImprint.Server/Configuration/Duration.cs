using System.Globalization;

namespace ValueImprint.Server.Configuration;

/// <summary>Durations as people write them: a number and a unit, or <c>hh:mm:ss</c>.</summary>
internal static class Duration
{
    // TimeSpan.Parse alone would take "10" for ten days.
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        text = text.Trim();
        if (text == "0")
        {
            return true;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, ["c", @"h\:mm\:ss"], CultureInfo.InvariantCulture, out duration);
        }

        foreach (var (unit, seconds) in Units)
        {
            var digits = text.AsSpan(0, Math.Max(0, text.Length - unit.Length));
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds < TimeSpan.MaxValue.TotalSeconds / 2)
            {
                duration = TimeSpan.FromSeconds(number * seconds);
                return true;
            }
        }

        return false;
    }

    /// <summary>In the largest unit that leaves a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        for (var i = Units.Length - 1; i > 0; i--)
        {
            var number = duration.TotalSeconds / Units[i].Seconds;
            if (number == Math.Floor(number) && number != 0)
            {
                return number.ToString(CultureInfo.InvariantCulture) + Units[i].Unit;
            }
        }

        return duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture) + "ms";
    }
}
