using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Estimation;

/// <summary>How far two distributions over the same outcomes are apart.</summary>
public static class Divergence
{
    /// <summary>
    /// The Jensen-Shannon divergence in bits, from 0 (equal) to 1 (nothing in common): J. Lin, "Divergence measures based on the Shannon
    /// entropy", IEEE Transactions on Information Theory 37 (1991) 145–151.
    /// </summary>
    /// <param name="one">Shares that add up to 1.</param>
    /// <param name="other">Shares that add up to 1, as many.</param>
    public static double JensenShannon(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Length; index++)
        {
            var middle = (one[index] + other[index]) / 2;
            sum += (Part(one[index], middle) + Part(other[index], middle)) / 2;
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The total variation distance, from 0 to 1: the most by which the shares of any set of outcomes differ.</summary>
    /// <param name="one">Shares that add up to 1.</param>
    /// <param name="other">Shares that add up to 1, as many.</param>
    public static double TotalVariation(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Length; index++)
        {
            sum += Math.Abs(one[index] - other[index]);
        }

        return Math.Clamp(sum / 2, 0, 1);
    }

    private static double Part(double share, double middle) => share > 0 ? share * Math.Log2(share / middle) : 0;
}

/// <summary>The distance of two label distributions, and how far chance could move it.</summary>
internal static class DivergenceBootstrap
{
    public static (Estimate JensenShannon, Estimate TotalVariation) Estimate(LabelCounts baseline, LabelCounts current, ConfidenceLevel level)
    {
        var (one, other) = (Observed(baseline), Observed(current));
        var (divergences, variations) = (new double[Bootstrap.Replicates], new double[Bootstrap.Replicates]);
        var (drawnOne, drawnOther) = (new double[one.Length], new double[other.Length]);
        var (samplerOne, samplerOther) = (new Sampler(baseline), new Sampler(current));
        var random = new SeededRandom(Bootstrap.Seed);
        for (var replicate = 0; replicate < Bootstrap.Replicates; replicate++)
        {
            samplerOne.Draw(drawnOne, random);
            samplerOther.Draw(drawnOther, random);
            divergences[replicate] = Divergence.JensenShannon(drawnOne, drawnOther);
            variations[replicate] = Divergence.TotalVariation(drawnOne, drawnOther);
        }

        var (divergence, variation) = (Divergence.JensenShannon(one, other), Divergence.TotalVariation(one, other));
        return (
            new Estimate(divergence, Bootstrap.Basic(divergence, divergences, level)),
            new Estimate(variation, Bootstrap.Basic(variation, variations, level)));
    }

    private static double[] Observed(LabelCounts counts)
    {
        double total = counts.Labels.Sum();
        return [.. counts.Labels.Select(count => count / total)];
    }

    /// <summary>Draws weights for the kinds of texts and adds them up to a distribution of labels.</summary>
    private sealed class Sampler(LabelCounts counts)
    {
        private readonly double[] _texts = [.. counts.Kinds.Select(static kind => (double)kind.Texts)];
        private readonly double[] _weights = new double[counts.Kinds.Count];

        public void Draw(double[] distribution, SeededRandom random)
        {
            Bootstrap.Draw(_texts, _weights, random);
            Array.Clear(distribution);
            var sum = 0.0;
            for (var kind = 0; kind < _weights.Length; kind++)
            {
                foreach (var label in counts.Kinds[kind].Labels)
                {
                    distribution[label] += _weights[kind];
                    sum += _weights[kind];
                }
            }

            for (var label = 0; label < distribution.Length; label++)
            {
                distribution[label] /= sum;
            }
        }
    }
}

/// <summary>The labels given within a scope, or within all of them, and the kinds of texts that gave them.</summary>
/// <param name="Texts">All texts.</param>
/// <param name="Labels"><c>[values + 1]</c>: texts with each value; the last one: texts with none.</param>
/// <param name="Kinds">Texts by the set of values that they have; each text is of one kind.</param>
internal sealed record LabelCounts(long Texts, long[] Labels, IReadOnlyList<LabelKind> Kinds)
{
    public static LabelCounts Of(Imprint imprint, TextScope? scope)
    {
        ScopeCounts[] scopes = [.. imprint.Scopes.Where(counts => scope is null || counts.Scope == scope)];
        var values = imprint.Taxonomy.Values.Count;
        var labels = new long[values + 1];
        for (var value = 0; value < values; value++)
        {
            labels[value] = scopes.Sum(counts => counts.Values[value].Texts);
        }

        labels[values] = scopes.Sum(static counts => counts.Abstained);
        return new LabelCounts(scopes.Sum(static counts => counts.Texts), labels, KindsOf(imprint, scopes, labels));
    }

    private static List<LabelKind> KindsOf(Imprint imprint, ScopeCounts[] scopes, long[] labels)
    {
        // Without the sets, labels are resampled as if each were a text of its own: the intervals are then slightly too narrow or wide.
        if (imprint.Model.ProblemType == ProblemType.SingleLabel || scopes.Any(static counts => counts.LabelSets is null))
        {
            return [.. labels.Select(static (count, index) => new LabelKind([index], count))];
        }

        int[] none = [labels.Length - 1];
        return
        [
            .. scopes.SelectMany(static counts => counts.LabelSets ?? [])
                .Select(set => new LabelKind(set.Values.Count == 0 ? none : [.. set.Values], set.Texts)),
        ];
    }
}

/// <summary>Texts with the same labels.</summary>
/// <param name="Labels">Indexes of <see cref="LabelCounts.Labels"/>.</param>
/// <param name="Texts">How many.</param>
internal readonly record struct LabelKind(int[] Labels, long Texts);
