using ValueImprint.Core.Documents;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Models;

/// <summary>What a package's own <c>valueimprint.json</c> says. Every member is optional, an unknown one is refused.</summary>
internal sealed record PackageManifest
{
    public const string FileName = "valueimprint.json";
    public const int MostTokens = 1 << 17;

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
            MaxTokens = truncation.TryGet("max_tokens", out var maxTokens) ? (int)maxTokens.WholeNumber(3, MostTokens) : null,
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
            Temperature = calibration.Number("temperature", StanceHead.LeastTemperature, StanceHead.MostTemperature, 1),
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
