using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate;

/// <summary>A share that a policy sets as a bound, kept as a fraction of whole numbers: <c>2%</c> is exactly 2/100.</summary>
public readonly partial record struct ShareBound
{
    /// <summary>How a bound is written, for messages and help.</summary>
    public const string Form = "a share from 0 to 1, written '2%', '0.02' or '1/50'";

    private readonly long _denominator;
    private readonly string? _text;

    private ShareBound(long numerator, long denominator, string text) =>
        (Numerator, _denominator, _text) = (numerator, denominator, text);

    /// <summary>From 0 to <see cref="Denominator"/>.</summary>
    public long Numerator { get; }

    /// <summary>From 1 to 1e17.</summary>
    public long Denominator => Math.Max(1, _denominator);

    /// <summary>The share in [0, 1], for display and drawing.</summary>
    public double Value => (double)Numerator / Denominator;

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => Numerator == 0;

    /// <summary>Whether it is 1.</summary>
    public bool IsOne => Numerator == Denominator;

    /// <summary>Reads a bound in the invariant culture.</summary>
    /// <param name="text">See <see cref="Form"/>.</param>
    /// <param name="bound">The bound.</param>
    /// <param name="problem">What is wrong with the text, and how to write it, as a sentence.</param>
    public static bool TryParse(string text, out ShareBound bound, [NotNullWhen(false)] out string? problem)
    {
        bound = default;
        var trimmed = text.Trim();
        if (FractionForm().Match(trimmed) is { Success: true } fraction)
        {
            return TryMake(Digits(fraction, "part"), Digits(fraction, "whole"), trimmed, out bound, out problem);
        }

        if (DecimalForm().Match(trimmed) is not { Success: true } match)
        {
            problem = $"'{Documents.Quote.Short(trimmed)}' is not a share. Expected {Form}.{AdviceFor(trimmed)}";
            return false;
        }

        var isPercent = match.Groups["percent"].Success;
        var decimals = match.Groups["decimals"].Value;
        var isBareInteger = !isPercent && !match.Groups["decimals"].Success;
        var digits = long.Parse(match.Groups["whole"].Value + decimals, CultureInfo.InvariantCulture);
        if (isBareInteger && digits != 0)
        {
            problem = $"'{trimmed}' could mean {trimmed} % or {trimmed}00 %. Write '{trimmed}%' or a decimal fraction.";
            return false;
        }

        return TryMake(digits, PowerOfTen(decimals.Length + (isPercent ? 2 : 0)), trimmed, out bound, out problem);
    }

    /// <summary>The sign of <c>share − bound</c>, exactly.</summary>
    public int CompareShare(Share share) => ((Int128)share.Count * Denominator).CompareTo((Int128)share.Total * Numerator);

    /// <summary>The sign of <c>this − other</c>, exactly.</summary>
    public int CompareTo(ShareBound other) =>
        ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <summary>As it was written.</summary>
    public override string ToString() => _text ?? "0%";

    private static bool TryMake(long part, long whole, string text, out ShareBound bound, [NotNullWhen(false)] out string? problem)
    {
        problem = whole == 0 ? $"'{text}' divides by zero. Expected {Form}."
            : part > whole ? $"'{text}' is more than 100 %. Expected {Form}."
            : null;
        bound = problem is null ? new ShareBound(part, whole, text) : default;
        return problem is null;
    }

    private static string AdviceFor(string text) =>
        text.StartsWith('-') ? " A share is never negative."
        : text.Contains(',') ? " Use a decimal point, not a comma."
        : "";

    private static long Digits(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var index = 0; index < exponent; index++)
        {
            power *= 10;
        }

        return power;
    }

    // The limits on digits keep every product of a comparison within 128 bits.
    [GeneratedRegex(@"^(?<whole>[0-9]{1,3})(\.(?<decimals>[0-9]{1,12}))?\s?(?<percent>%)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"^(?<part>[0-9]{1,15})\s?/\s?(?<whole>[0-9]{1,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex FractionForm();
}

/// <summary>A difference of two shares that a policy sets as a bound, kept as a fraction of whole numbers.</summary>
public readonly record struct DifferenceBound
{
    /// <summary>How a bound is written, for messages and help.</summary>
    public const string Form = "a difference of shares from -100% to 100%, written '1.5%', '-1.5%' or '-0.015'";

    private readonly bool _isNegative;
    private readonly ShareBound _size;

    private DifferenceBound(bool isNegative, ShareBound size) => (_isNegative, _size) = (isNegative, size);

    /// <summary>The difference in [−1, 1], for display and for comparing with the end of an interval.</summary>
    public double Value => _isNegative ? -_size.Value : _size.Value;

    /// <summary>Whether it is −1, the least there is.</summary>
    public bool IsLeast => _isNegative && _size.IsOne;

    /// <summary>Whether it is 1, the greatest there is.</summary>
    public bool IsGreatest => !_isNegative && _size.IsOne;

    /// <summary>Reads a bound in the invariant culture.</summary>
    /// <param name="text">See <see cref="Form"/>.</param>
    /// <param name="bound">The bound.</param>
    /// <param name="problem">What is wrong with the text, as a sentence.</param>
    public static bool TryParse(string text, out DifferenceBound bound, [NotNullWhen(false)] out string? problem)
    {
        var trimmed = text.Trim();
        var isSigned = trimmed.StartsWith('-') || trimmed.StartsWith('+');
        var isShare = ShareBound.TryParse(isSigned ? trimmed[1..] : trimmed, out var size, out var shareProblem);
        bound = isShare ? new DifferenceBound(trimmed.StartsWith('-'), size) : default;
        problem = isShare ? null : $"{shareProblem} Expected {Form}.";
        return isShare;
    }

    /// <summary>The sign of <c>difference / total − bound</c>, exactly.</summary>
    /// <param name="difference">Of counts.</param>
    /// <param name="total">What both counts are parts of.</param>
    public int Compare(long difference, long total)
    {
        var numerator = _isNegative ? -_size.Numerator : _size.Numerator;
        return ((Int128)difference * _size.Denominator).CompareTo((Int128)total * numerator);
    }

    /// <summary>The sign of <c>this − other</c>, exactly.</summary>
    public int CompareTo(DifferenceBound other) => (_isNegative, other._isNegative) switch
    {
        (false, false) => _size.CompareTo(other._size),
        (true, true) => other._size.CompareTo(_size),
        (true, false) => _size.IsZero && other._size.IsZero ? 0 : -1,
        _ => _size.IsZero && other._size.IsZero ? 0 : 1,
    };

    /// <summary>With its sign: <c>+1.5%</c>, <c>-1.5%</c>.</summary>
    public override string ToString() => (_isNegative ? "-" : "+") + _size;
}

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
