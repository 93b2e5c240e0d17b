using ValueImprint.Core.Documents;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Inference.Models;

/// <summary>Reads the score from which each value is assigned, where a multi-label package sets them apart.</summary>
internal static class DecisionThresholds
{
    /// <summary><c>[values]</c>, in the taxonomy's order; a value that the field doesn't name takes <paramref name="otherwise"/>.</summary>
    /// <exception cref="ModelPackageException">A value is unknown or named twice, or its threshold is no number from 0 to 1.</exception>
    public static double[] Read(JsonField field, ValueTaxonomy taxonomy, double otherwise)
    {
        var thresholds = new double[taxonomy.Values.Count];
        Array.Fill(thresholds, otherwise);
        var named = new HashSet<int>();
        foreach (var (name, threshold) in field.Members())
        {
            if (!taxonomy.Identity.TryFind(name, out var value))
            {
                var hint = taxonomy.Nearest(name) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                throw threshold.Fault($"the taxonomy {taxonomy} has no value '{name}'.{hint}");
            }

            if (!named.Add(value))
            {
                threshold.Refuse($"the value '{taxonomy.Values[value].Id}' has a threshold already.");
            }

            thresholds[value] = threshold.Number(0, 1);
        }

        return thresholds;
    }
}
