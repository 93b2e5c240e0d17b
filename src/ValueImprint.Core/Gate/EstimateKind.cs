using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate;

/// <summary>Which estimate of a share a rule judges.</summary>
public enum EstimateKind
{
    /// <summary>The share of texts that the model labelled so.</summary>
    Counted,

    /// <summary>The prevalence, corrected for the model's known errors; see <see cref="Estimation.Prevalence"/>.</summary>
    Adjusted,
}
