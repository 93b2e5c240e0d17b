using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
