using ValueImprint.Core.Estimation;

namespace ValueImprint.Reports.Html;

/// <summary>Which differences between chosen and rejected texts are called clear.</summary>
internal static class Significance
{
    /// <summary>The adjusted p-value lies below what the confidence level leaves: 0.05 for 95 %.</summary>
    public static bool IsClear(ValueContrast contrast, ConfidenceLevel level) => contrast.AdjustedPValue < 1 - level.Level;

    /// <summary>The finding in a word.</summary>
    public static Tag TagOf(ValueContrast contrast, ConfidenceLevel level) =>
        !IsClear(contrast, level) ? new Tag("not clear", "quiet")
        : contrast.Difference.Value > 0 ? new Tag("rewarded", "more")
        : new Tag("avoided", "less");
}
