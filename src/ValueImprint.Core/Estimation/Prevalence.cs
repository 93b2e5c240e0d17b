using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Estimation;

/// <summary>
/// The estimated true shares of the values of a scope, corrected for the model's known errors. The intervals hold the chance of sampling
/// the texts, the uncertainty of the confusion matrix, and that a source's texts are mistaken in a way of their own.
/// </summary>
public sealed class Prevalence
{
    /// <summary>The method unless another one is asked for: the one with the least error over many mixtures; see README.md beside.</summary>
    public const PrevalenceMethod DefaultMethod = PrevalenceMethod.ExpectationMaximisation;

    private const int Replicates = 500;

    private readonly double[] _shares;
    private readonly double[][] _replicates;

    private Prevalence(PrevalenceMethod method, ConfidenceLevel level, double[] shares, double[][] replicates)
    {
        (Method, Level, _shares, _replicates) = (method, level, shares, replicates);
        Values = [.. shares.Select((_, value) => Of([value]))];
    }

    /// <summary>How it was estimated.</summary>
    public PrevalenceMethod Method { get; }

    /// <summary>Confidence of the intervals.</summary>
    public ConfidenceLevel Level { get; }

    /// <summary><c>[values]</c> in the taxonomy's order; the shares add up to 1.</summary>
    public IReadOnlyList<Estimate> Values { get; }

    /// <summary>Estimates the shares of a scope.</summary>
    /// <param name="imprint">The counts. Texts on which the model abstained take part by the label that it would have given.</param>
    /// <param name="scope">The scope; <see langword="null"/>: all together.</param>
    /// <param name="prevalence">The shares.</param>
    /// <param name="problem">Why they can't be estimated, and what to do, as a sentence.</param>
    /// <param name="level">Confidence; 95 % unless set.</param>
    /// <param name="method">How to estimate.</param>
    public static bool TryEstimate(
        Imprint imprint,
        TextScope? scope,
        [NotNullWhen(true)] out Prevalence? prevalence,
        [NotNullWhen(false)] out string? problem,
        ConfidenceLevel level = default,
        PrevalenceMethod method = DefaultMethod)
    {
        ScopeCounts[] scopes = [.. imprint.Scopes.Where(counts => scope is null || counts.Scope == scope)];
        problem = FindProblem(imprint, scopes);
        // Not null: FindProblem refuses a model without a confusion matrix.
        prevalence = problem is null ? Estimate(imprint.Model.Confusion!, scopes, level, method) : null;
        return prevalence is not null;
    }

    /// <summary>The share of several values together, with its interval.</summary>
    /// <param name="values">Indexes into the taxonomy, each once.</param>
    public Estimate Of(IReadOnlyList<int> values)
    {
        double[] sums = [.. _replicates.Select(replicate => values.Sum(value => replicate[value]))];
        var share = values.Sum(value => _shares[value]);
        var interval = Bootstrap.Percentile(sums, Level);
        return new Estimate(share, new Interval(Math.Min(interval.Lower, share), Math.Max(interval.Upper, share)));
    }

    /// <summary>The shares alone, without the cost of their intervals; for an imprint that has no problem.</summary>
    internal static double[] EstimateShares(ConfusionMatrix confusion, IReadOnlyList<ScopeCounts> scopes, PrevalenceMethod method) =>
        new MixtureModel(confusion, new ValidationErrors(confusion).Expected).Estimate(Observe(confusion, scopes), method);

    private static string? FindProblem(Imprint imprint, ScopeCounts[] scopes)
    {
        var confusion = imprint.Model.Confusion;
        if (imprint.Model.ProblemType != ProblemType.SingleLabel)
        {
            return "the model is multi-label, and its values' errors are not stated one by one. Judge the counted share.";
        }

        if (confusion is null)
        {
            return $"the package of the model '{imprint.Model.Name}' states no confusion matrix. Judge the counted share, or use a package that does.";
        }

        var unseen = Enumerable.Range(0, confusion.Values).FirstOrDefault(value => confusion.Actual(value) == 0, -1);
        return unseen >= 0
                ? $"the confusion matrix of the model '{imprint.Model.Name}' has no texts of the value '{imprint.Taxonomy.Values[unseen].Id}'. "
                    + "Judge the counted share, or use a package with a larger validation set."
            : scopes.Length == 0 ? "there are no texts of the scope."
            : null;
    }

    private static Prevalence Estimate(ConfusionMatrix confusion, ScopeCounts[] scopes, ConfidenceLevel level, PrevalenceMethod method)
    {
        var observed = Observe(confusion, scopes);
        var errors = new ValidationErrors(confusion);
        var shares = new MixtureModel(confusion, errors.Expected).Estimate(observed, method);
        var random = new SeededRandom(Bootstrap.Seed);
        var replicates = new double[Replicates][];
        // One more text, of any kind: what these texts happen not to have could still be in the next ones.
        double[] possible = [.. observed.Zip(errors.Overall, static (count, share) => count + share)];
        var weights = new double[observed.Length];
        var drawn = new double[errors.Expected.Length];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            Bootstrap.Draw(possible, weights, random);
            errors.Draw(drawn, random);
            replicates[replicate] = new MixtureModel(confusion, drawn).Estimate(weights, method);
        }

        return new Prevalence(method, level, shares, replicates);
    }

    // [predicted value, bin], with the histogram's fine bins put together to those of the matrix.
    private static double[] Observe(ConfusionMatrix confusion, IReadOnlyList<ScopeCounts> scopes)
    {
        var width = ScoreHistogram.Bins / confusion.Bins;
        var observed = new double[confusion.Values * confusion.Bins];
        foreach (var scope in scopes)
        {
            foreach (var (value, counts) in scope.Values.Index())
            {
                foreach (var (bin, count) in counts.Scores.Index())
                {
                    observed[value * confusion.Bins + bin / width] += count;
                }
            }
        }

        return observed;
    }
}

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
