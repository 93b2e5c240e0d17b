using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Inference.Models;

/// <summary>What a package's own <c>valueimprint.json</c> says. Every member is optional, an unknown one is refused.</summary>
internal sealed record PackageManifest
{
    public const string FileName = "valueimprint.json";
    private const int LargestMaxTokens = 1 << 17;

    public string? Name { get; init; }

    public string Version { get; init; } = "";

    public string License { get; init; } = "";

    public string? TaxonomyId { get; init; }

    public string? TaxonomyVersion { get; init; }

    public TruncationStrategy Truncation { get; init; } = TruncationStrategy.Head;

    public int? MaxTokens { get; init; }

    public double HeadShare { get; init; } = 0.5;

    public double Temperature { get; init; } = 1;

    public double AbstainBelow { get; init; }

    public double DecisionThreshold { get; init; } = 0.5;

    /// <summary>By value, where they differ.</summary>
    public JsonField? DecisionThresholds { get; init; }

    public StanceHead? Stance { get; init; }

    public JsonField? Confusion { get; init; }

    public JsonField? Metrics { get; init; }

    /// <summary>Graph files by variant name.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonField>> Variants { get; init; } = [];

    public JsonField? DefaultVariant { get; init; }

    public static PackageManifest Read(string file)
    {
        var root = PackageFile.ReadObject(file).Only(
            "schema", "name", "version", "taxonomy", "license", "card", "truncation", "calibration", "stance", "confusion", "metrics",
            "variants", "default_variant");
        if (root.TryGet("schema", out var schema) && schema.WholeNumber(1, int.MaxValue) != 1)
        {
            schema.Refuse("this version reads schema 1 alone. Update ValueImprint, or export the package for schema 1.");
        }

        root.Text("card", "");
        var manifest = new PackageManifest
        {
            Name = root.TryGet("name", out var name) ? NonEmpty(name) : null,
            Version = root.Text("version", ""),
            License = root.Text("license", ""),
            Stance = root.TryGet("stance", out var stance) ? StanceHead.Read(stance) : null,
            Confusion = root.TryGet("confusion", out var confusion) ? confusion : null,
            Metrics = root.TryGet("metrics", out var metrics) ? metrics : null,
            Variants = root.TryGet("variants", out var variants)
                ? [.. variants.Members().Select(static member => KeyValuePair.Create(member.Name, member.Value))]
                : [],
            DefaultVariant = root.TryGet("default_variant", out var defaultVariant) ? defaultVariant : null,
        };
        return ReadCalibration(root, ReadTruncation(root, ReadTaxonomy(root, manifest)));
    }

    private static PackageManifest ReadTaxonomy(JsonField root, PackageManifest manifest)
    {
        if (!root.TryGet("taxonomy", out var taxonomy))
        {
            return manifest;
        }

        taxonomy.Only("id", "version");
        return manifest with
        {
            TaxonomyId = NonEmpty(taxonomy.Get("id")),
            TaxonomyVersion = taxonomy.TryGet("version", out var version) ? NonEmpty(version) : null,
        };
    }

    private static PackageManifest ReadTruncation(JsonField root, PackageManifest manifest)
    {
        if (!root.TryGet("truncation", out var truncation))
        {
            return manifest;
        }

        truncation.Only("strategy", "max_tokens", "head_share");
        return manifest with
        {
            Truncation = truncation.Text("strategy", "head") switch
            {
                "head" => TruncationStrategy.Head,
                "tail" => TruncationStrategy.Tail,
                "head+tail" => TruncationStrategy.HeadTail,
                var other => throw truncation.Get("strategy").Fault($"found '{other}', expected head, tail or head+tail."),
            },
            MaxTokens = truncation.TryGet("max_tokens", out var maxTokens) ? (int)maxTokens.WholeNumber(3, LargestMaxTokens) : null,
            HeadShare = truncation.Number("head_share", 0, 1, manifest.HeadShare),
        };
    }

    private static PackageManifest ReadCalibration(JsonField root, PackageManifest manifest)
    {
        if (!root.TryGet("calibration", out var calibration))
        {
            return manifest;
        }

        calibration.Only("temperature", "abstain_below", "decision_threshold", "decision_thresholds");
        return manifest with
        {
            Temperature = calibration.Number("temperature", StanceHead.MinTemperature, StanceHead.MaxTemperature, 1),
            AbstainBelow = calibration.Number("abstain_below", 0, 1, 0),
            DecisionThreshold = calibration.Number("decision_threshold", 0, 1, manifest.DecisionThreshold),
            DecisionThresholds = calibration.TryGet("decision_thresholds", out var thresholds) ? thresholds : null,
        };
    }

    private static string NonEmpty(JsonField field)
    {
        var text = field.Text().Trim();
        return text.Length > 0 ? text : throw field.Fault("is empty.");
    }
}

/// <summary>A model's second head: how the answer treats the value at stake.</summary>
/// <param name="Output">The graph's output.</param>
/// <param name="Labels">What each of its logits stands for.</param>
/// <param name="Temperature">Divides the logits.</param>
internal sealed record StanceHead(string Output, IReadOnlyList<Stance> Labels, double Temperature)
{
    public const double MinTemperature = 0.01;
    public const double MaxTemperature = 100;
    public const string DefaultOutput = "stance_logits";

    /// <summary>The head of a graph that has the output, in a package that says nothing about it.</summary>
    public static StanceHead Default { get; } = new(DefaultOutput, [Stance.Upholds, Stance.Violates, Stance.Neutral], 1);

    public static StanceHead Read(JsonField field)
    {
        field.Only("output", "labels", "temperature");
        return new StanceHead(
            field.Text("output", DefaultOutput),
            field.TryGet("labels", out var labels) ? ReadLabels(labels) : Default.Labels,
            field.Number("temperature", MinTemperature, MaxTemperature, 1));
    }

    private static Stance[] ReadLabels(JsonField labels)
    {
        var stances = labels.Items().Select(ReadLabel).ToArray();
        return stances.Length == Default.Labels.Count && stances.Distinct().Count() == stances.Length
            ? stances
            : throw labels.Fault("expected upholds, violates and neutral, each once, in the order of the logits.");
    }

    private static Stance ReadLabel(JsonField label) => label.Text() switch
    {
        "upholds" => Stance.Upholds,
        "violates" => Stance.Violates,
        "neutral" => Stance.Neutral,
        var other => throw label.Fault(
            $"found '{other}', expected upholds, violates or neutral.{NearestWord.Hint(other, ["upholds", "violates", "neutral"])}"),
    };
}

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
