namespace ValueImprint.Core.Estimation;

/// <summary>
/// How prevalence is estimated ("quantification"). Every method but the first corrects for the model's errors on a validation set,
/// on the assumption that each value's texts are mistaken as often here as there (prior-probability shift).
/// </summary>
public enum PrevalenceMethod
{
    /// <summary>Classify and count (CC): the share of labels. Biased wherever the model errs.</summary>
    ClassifyAndCount,

    /// <summary>
    /// Adjusted count (ACC): the mixture of values whose expected labels come nearest to the observed ones. G. Forman, "Quantifying
    /// counts and costs via classification", Data Mining and Knowledge Discovery 17 (2008) 164–206.
    /// </summary>
    AdjustedCount,

    /// <summary>
    /// Probabilistic classify and count (PCC): the mean of the probabilities of each value, here those seen on the validation set for
    /// the same label and bin of its score. Bella et al., "Quantification via probability estimators", ICDM 2010.
    /// </summary>
    ProbabilisticCount,

    /// <summary>Probabilistic adjusted count (PACC): PCC, adjusted like ACC. Bella et al., ICDM 2010.</summary>
    ProbabilisticAdjustedCount,

    /// <summary>
    /// Expectation maximisation (EM): the mixture under which the observed labels and bins are most likely. M. Saerens, P. Latinne and
    /// C. Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities", Neural Computation 14 (2002) 21–41.
    /// </summary>
    ExpectationMaximisation,
}
