namespace ValueImprint.Core.Estimation;

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
