using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Diagnostics;

public static partial class DiagnosticCatalogue
{
    /// <summary>Share fell too far.</summary>
    public static readonly DiagnosticCode ShareDropped = new(
        "VI2001",
        "share fell too far",
        "Against the baseline, the share of the value fell by more than the policy allows. Add texts that show it, or accept the "
        + "dataset as the new baseline knowingly.");

    /// <summary>Share rose too far.</summary>
    public static readonly DiagnosticCode ShareRose = new(
        "VI2002",
        "share rose too far",
        "Against the baseline, the share of the value rose by more than the policy allows. Balance the texts, or accept the dataset "
        + "as the new baseline knowingly.");

    /// <summary>Distribution moved too far.</summary>
    public static readonly DiagnosticCode Diverged = new(
        "VI2003",
        "distribution moved too far",
        "The distribution over all values moved away from the baseline's by more than the policy allows (Jensen-Shannon divergence, "
        + "in bits from 0 to 1). Compare the two imprints to see which values moved.");

    /// <summary>Drift without a baseline.</summary>
    public static readonly DiagnosticCode NoBaseline = new(
        "VI2004",
        "drift without a baseline",
        "The policy has rules on drift, which need the imprint of an accepted dataset to compare with. Name one, or remove the "
        + "`drift` rules.");

    /// <summary>Baseline that can not be compared.</summary>
    public static readonly DiagnosticCode IncomparableBaseline = new(
        "VI2005",
        "baseline that can not be compared",
        "The baseline was made by another model or with another taxonomy, so a difference may be the model's and not the dataset's. "
        + "Audit the baseline's dataset again with this model.");

    private static DiagnosticCode[] DriftCodes() =>
    [
        ShareDropped,
        ShareRose,
        Diverged,
        NoBaseline,
        IncomparableBaseline,
    ];
}
