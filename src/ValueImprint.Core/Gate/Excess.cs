using System.Numerics;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate;

/// <summary>Compares the difference of two shares with a bound, exactly.</summary>
internal static class Excess
{
    /// <summary>Whether <c>higher − lower &gt; numerator / denominator</c>; both of something.</summary>
    public static bool IsAbove(Share higher, Share lower, long numerator, long denominator)
    {
        var difference = (BigInteger)higher.Count * lower.Total - (BigInteger)lower.Count * higher.Total;
        return difference * denominator > (BigInteger)higher.Total * lower.Total * numerator;
    }
}
