using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Inference.Models;

/// <summary>The taxonomy that a model's labels belong to, and where each of its values is among the logits.</summary>
/// <param name="Taxonomy">The values, in the order of every score.</param>
/// <param name="IsAdHoc">Made from the labels.</param>
/// <param name="LogitOfValue"><c>[values]</c>: index of the value's logit.</param>
internal sealed record LabelOrder(ValueTaxonomy Taxonomy, bool IsAdHoc, IReadOnlyList<int> LogitOfValue)
{
    public const string TaxonomyFileName = "taxonomy.json";

    /// <summary>
    /// A <c>taxonomy.json</c> in the package wins; then the one that <c>valueimprint.json</c> names; then the built-in one if the labels are
    /// its values; else one is made from the labels.
    /// </summary>
    public static LabelOrder Find(string folder, HubConfig config, PackageManifest manifest, string manifestFile, string packageName)
    {
        var file = Path.Combine(folder, TaxonomyFileName);
        if (File.Exists(file))
        {
            return Match(config, CheckNamed(ReadFile(file), manifest, manifestFile, file), isAdHoc: false);
        }

        var builtIn = ValueTaxonomy.BuiltIn;
        if (manifest.TaxonomyId is { } id)
        {
            return id == builtIn.Id
                ? Match(config, CheckNamed(builtIn, manifest, manifestFile, "the built-in taxonomy"), isAdHoc: false)
                : throw new ModelPackageException(
                    manifestFile, "taxonomy.id", $"'{id}' is not built in. Put its {TaxonomyFileName} into the package, or name {builtIn.Id}.");
        }

        // Most labels known and a few not is a misspelling, not another taxonomy.
        var known = config.Labels.Count(label => builtIn.TryFind(label, out _));
        return known * 2 > config.Labels.Count
            ? Match(config, builtIn, isAdHoc: false)
            : Match(config, FromLabels(config, packageName), isAdHoc: true);
    }

    private static ValueTaxonomy ReadFile(string file)
    {
        using var stream = new MemoryStream(PackageFile.ReadBytes(file));
        return ValueTaxonomy.TryRead(stream, file, out var taxonomy, out var diagnostics)
            ? taxonomy
            : throw new ModelPackageException(file, null, $"is not a taxonomy: {string.Join(" ", diagnostics)}");
    }

    private static ValueTaxonomy CheckNamed(ValueTaxonomy found, PackageManifest manifest, string manifestFile, string source)
    {
        if (manifest.TaxonomyId is { } id && id != found.Id)
        {
            throw new ModelPackageException(manifestFile, "taxonomy.id", $"is '{id}', but {source} is '{found.Id}'.");
        }

        // "1" stands for every 1.x, whose values are the same.
        if (manifest.TaxonomyVersion is { } version && version != found.Version
            && !found.Version.StartsWith(version + ".", StringComparison.Ordinal))
        {
            throw new ModelPackageException(manifestFile, "taxonomy.version", $"is '{version}', but {source} has version '{found.Version}'.");
        }

        return found;
    }

    private static LabelOrder Match(HubConfig config, ValueTaxonomy taxonomy, bool isAdHoc)
    {
        var logitOfValue = new int[taxonomy.Values.Count];
        Array.Fill(logitOfValue, -1);
        for (var logit = 0; logit < config.Labels.Count; logit++)
        {
            var label = config.Labels[logit];
            var field = FormattableString.Invariant($"id2label.{logit}");
            if (!taxonomy.Identity.TryFind(label, out var value))
            {
                var hint = taxonomy.Nearest(label) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                throw new ModelPackageException(config.File, field, $"the taxonomy {taxonomy} has no value '{label}'.{hint}");
            }

            if (logitOfValue[value] >= 0)
            {
                throw new ModelPackageException(config.File, field, $"the value '{taxonomy.Values[value].Id}' has a label already.");
            }

            logitOfValue[value] = logit;
        }

        var missing = taxonomy.Values.Where((_, index) => logitOfValue[index] < 0).Select(static value => value.Id).ToArray();
        return missing.Length == 0
            ? new LabelOrder(taxonomy, isAdHoc, logitOfValue)
            : throw new ModelPackageException(
                config.File, "id2label", $"has no label for {string.Join(", ", missing)} of the taxonomy {taxonomy}; each value needs one.");
    }

    private static ValueTaxonomy FromLabels(HubConfig config, string packageName)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var values = config.Labels.Select((label, index) =>
        {
            var id = ValueName.IdFrom(label);
            if (id.Length == 0 || !ids.Add(id))
            {
                id = FormattableString.Invariant($"label-{index}");
                ids.Add(id);
            }

            return new TaxonomyValue { Id = id, Name = label };
        }).ToArray();
        var taxonomyId = ValueName.IdFrom(packageName) is { Length: > 0 } named ? named : "labels";
        return ValueTaxonomy.TryCreate(taxonomyId, "0", values, out var taxonomy, out var problems)
            ? taxonomy
            : throw new ModelPackageException(
                config.File, "id2label", $"no taxonomy can be made of these labels: {string.Join(" ", problems)} Add a {TaxonomyFileName}.");
    }
}
