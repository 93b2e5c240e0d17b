using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Diagnostics;

public static partial class DiagnosticCatalogue
{
    /// <summary>Share below its minimum.</summary>
    public static readonly DiagnosticCode BelowMinimum = new(
        "VI1001",
        "share below its minimum",
        "Fewer texts of the scope have the value than the policy asks for. Add texts that show it, or lower the bound "
        + "knowingly.");

    /// <summary>Share above its maximum.</summary>
    public static readonly DiagnosticCode AboveMaximum = new(
        "VI1002",
        "share above its maximum",
        "More texts of the scope have the value than the policy allows. Remove or balance texts, or raise the bound knowingly.");

    /// <summary>Too few texts to judge.</summary>
    public static readonly DiagnosticCode TooFewTexts = new(
        "VI1003",
        "too few texts to judge",
        "The scope has fewer texts than the rule's `minimum_texts`, so a share would say little. Audit more rows.");

    /// <summary>Contrast below its minimum.</summary>
    public static readonly DiagnosticCode ContrastBelowMinimum = new(
        "VI1004",
        "contrast below its minimum",
        "Over the same pairs, the chosen texts do not exceed the rejected ones in this value by as much as the policy asks for: the "
        + "preference does not reward it enough. Look at pairs whose rejected text alone has the value.");

    /// <summary>Contrast above its maximum.</summary>
    public static readonly DiagnosticCode ContrastAboveMaximum = new(
        "VI1005",
        "contrast above its maximum",
        "Over the same pairs, the chosen texts exceed the rejected ones in this value by more than the policy allows: the preference "
        + "rewards it too much. Look at pairs whose chosen text alone has the value.");

    /// <summary>Bound within the interval.</summary>
    public static readonly DiagnosticCode Straddles = new(
        "VI1006",
        "bound within the interval",
        "The rule says `on_straddle: inconclusive`, and its bound lies within the interval of the share: chance could have put the "
        + "share on either side. Audit more rows, or let the rule judge.");

    private static DiagnosticCode[] CoverageCodes() =>
    [
        BelowMinimum,
        AboveMaximum,
        TooFewTexts,
        ContrastBelowMinimum,
        ContrastAboveMaximum,
        Straddles,
    ];
}
