using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Estimation;

/// <summary>How one dataset's values differ from another's: a release against the one before, or dataset against dataset.</summary>
public sealed class ImprintDiff
{
    /// <summary>Fewer texts than this on a side make a <see cref="ScopeDrift.IsSmallSample"/>.</summary>
    public const int SmallSample = 100;

    private ImprintDiff(Imprint baseline, Imprint current, ConfidenceLevel level)
    {
        (Baseline, Current, Level) = (baseline, current, level);
        Caution = current.IncompatibilityWith(baseline);
        Scopes = [.. TextScopes.All.Where(HasTexts).Select(scope => DriftOf(scope)!)]; // Not null: both sides have texts.
        Missing = [.. TextScopes.All.Where(scope => baseline[scope].Texts > 0 && current[scope].Texts == 0)];
        Added = [.. TextScopes.All.Where(scope => baseline[scope].Texts == 0 && current[scope].Texts > 0)];

        bool HasTexts(TextScope scope) => baseline[scope].Texts > 0 && current[scope].Texts > 0;
    }

    /// <summary>The imprint that is compared with.</summary>
    public Imprint Baseline { get; }

    /// <summary>The imprint that is looked at.</summary>
    public Imprint Current { get; }

    /// <summary>Confidence of the intervals.</summary>
    public ConfidenceLevel Level { get; }

    /// <summary>
    /// What differs beside the datasets, as a sentence: the model or the taxonomy, where the caller allowed it; <see langword="null"/>:
    /// nothing.
    /// </summary>
    public string? Caution { get; }

    /// <summary>The scopes that both have texts of.</summary>
    public IReadOnlyList<ScopeDrift> Scopes { get; }

    /// <summary>Scopes that only the baseline has texts of.</summary>
    public IReadOnlyList<TextScope> Missing { get; }

    /// <summary>Scopes that only the current imprint has texts of.</summary>
    public IReadOnlyList<TextScope> Added { get; }

    /// <summary>Compares two imprints.</summary>
    /// <param name="baseline">The imprint that is compared with.</param>
    /// <param name="current">The imprint that is looked at.</param>
    /// <param name="diff">The comparison.</param>
    /// <param name="problem">Why they can't be compared, as a sentence.</param>
    /// <param name="level">Confidence of the intervals; 95 % unless set.</param>
    /// <param name="allowOtherModel">
    /// Compare although the models differ: what differs may then be the models' doing. The values must be the same all the same.
    /// </param>
    public static bool TryCreate(
        Imprint baseline,
        Imprint current,
        [NotNullWhen(true)] out ImprintDiff? diff,
        [NotNullWhen(false)] out string? problem,
        ConfidenceLevel level = default,
        bool allowOtherModel = false)
    {
        var isComparable = baseline.Model.ProblemType == current.Model.ProblemType
            && baseline.Taxonomy.Values.Select(static value => value.Id).SequenceEqual(current.Taxonomy.Values.Select(static value => value.Id));
        problem = allowOtherModel && isComparable ? null : current.IncompatibilityWith(baseline);
        diff = problem is null ? new ImprintDiff(baseline, current, level) : null;
        return diff is not null;
    }

    /// <summary>
    /// The drift of a scope, or, for <see langword="null"/>, of all scopes together; <see langword="null"/> where a side has no texts.
    /// </summary>
    public ScopeDrift? DriftOf(TextScope? scope) => ScopeDrift.Of(this, scope);
}

/// <summary>How the values of one scope moved.</summary>
public sealed record ScopeDrift
{
    /// <summary>The scope; <see langword="null"/>: all together.</summary>
    public required TextScope? Scope { get; init; }

    /// <summary>Texts of the baseline.</summary>
    public required long BaselineTexts { get; init; }

    /// <summary>Texts of the current imprint.</summary>
    public required long CurrentTexts { get; init; }

    /// <summary>
    /// Jensen-Shannon divergence of the distributions over values and abstention, in bits, from 0 to 1, with a bootstrap interval. Of a
    /// multi-label model, the distribution of all labels given.
    /// </summary>
    public required Estimate JensenShannon { get; init; }

    /// <summary>Total variation distance of the same distributions, from 0 to 1, with a bootstrap interval.</summary>
    public required Estimate TotalVariation { get; init; }

    /// <summary>The values in the taxonomy's order.</summary>
    public required IReadOnlyList<ValueDrift> Values { get; init; }

    /// <summary>A side has fewer than <see cref="ImprintDiff.SmallSample"/> texts: the intervals are rough.</summary>
    public bool IsSmallSample => Math.Min(BaselineTexts, CurrentTexts) < ImprintDiff.SmallSample;

    internal static ScopeDrift? Of(ImprintDiff diff, TextScope? scope)
    {
        var (baseline, current) = (LabelCounts.Of(diff.Baseline, scope), LabelCounts.Of(diff.Current, scope));
        if (baseline.Texts == 0 || current.Texts == 0)
        {
            return null;
        }

        var (divergence, variation) = DivergenceBootstrap.Estimate(baseline, current, diff.Level);
        return new ScopeDrift
        {
            Scope = scope,
            BaselineTexts = baseline.Texts,
            CurrentTexts = current.Texts,
            JensenShannon = divergence,
            TotalVariation = variation,
            Values =
            [
                .. diff.Current.Taxonomy.Values.Select((value, index) => ValueDrift.Of(
                    value, new Share(baseline.Labels[index], baseline.Texts), new Share(current.Labels[index], current.Texts), diff.Level)),
            ],
        };
    }
}

/// <summary>How the share of one value moved.</summary>
/// <param name="Value">The value.</param>
/// <param name="Baseline">Its share of the baseline's texts.</param>
/// <param name="Current">Its share of the current texts.</param>
/// <param name="Change">Current minus baseline, in [−1, 1], with the interval for independent samples (Newcombe).</param>
public sealed record ValueDrift(ValueName Value, Share Baseline, Share Current, Estimate Change)
{
    internal static ValueDrift Of(ValueName value, Share baseline, Share current, ConfidenceLevel level) => new(
        value,
        baseline,
        current,
        new Estimate(current.Value - baseline.Value, DifferenceInterval.Independent(current, baseline, level)));
}
