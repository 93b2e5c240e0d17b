using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Estimation;

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
