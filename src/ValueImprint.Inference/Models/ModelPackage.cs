using System.Globalization;
using ValueImprint.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Models;

/// <summary>
/// A folder in the Hugging Face layout with a text classifier in it, read and checked: <c>config.json</c>, a tokenizer, one or more ONNX
/// graphs, and optionally <c>valueimprint.json</c> and <c>taxonomy.json</c>. Nothing of the graph's weights is loaded yet. Immutable.
/// </summary>
public sealed class ModelPackage
{
    private const int DefaultMaxTokens = 512;

    private ModelPackage(
        string folder, ModelDescription description, IReadOnlyCollection<string> variants, string graphFile, GraphSignature signature,
        PackageTokenizer tokenizer, LabelOrder labels, StanceHead? stance) =>
        (Folder, Description, Variants, GraphFile, Signature, Tokenizer, Labels, Stance) =
        (folder, description, variants, graphFile, signature, tokenizer, labels, stance);

    /// <summary>The package that answers when none is named: beside this assembly. It need not exist.</summary>
    public static string DefaultFolder { get; } = BuiltIn(BuiltInModels.Default)!; // Its name is one of the names.

    /// <summary>Full path of the package.</summary>
    public string Folder { get; }

    /// <summary>What the package is.</summary>
    public ModelDescription Description { get; }

    /// <summary>The precisions that it has a graph for, such as <c>fp32</c> and <c>int8</c>.</summary>
    public IReadOnlyCollection<string> Variants { get; }

    internal string GraphFile { get; }

    /// <summary>Of the graph and the files with its weights.</summary>
    internal long GraphBytes { get; private init; }

    internal GraphSignature Signature { get; }

    internal PackageTokenizer Tokenizer { get; }

    internal LabelOrder Labels { get; }

    internal StanceHead? Stance { get; }

    /// <summary>Reads and checks a package.</summary>
    /// <param name="folder">The folder with <c>config.json</c>, or the name of a built-in model, such as <c>small</c>.</param>
    /// <param name="variant">Such as <c>int8</c>; <see langword="null"/> takes the package's default.</param>
    /// <exception cref="ModelPackageException">
    /// The package doesn't add up: the message names the file and the field, what was found and what was expected.
    /// </exception>
    public static ModelPackage Load(string folder, string? variant = null)
    {
        folder = BuiltIn(folder) ?? Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
        {
            throw new ModelPackageException(folder, null, "there is no such folder.");
        }

        var manifestFile = Path.Combine(folder, PackageManifest.FileName);
        var manifest = File.Exists(manifestFile) ? PackageManifest.Read(manifestFile) : new PackageManifest();
        var configFile = Path.Combine(folder, "config.json");
        var config = File.Exists(configFile)
            ? HubConfig.Read(configFile)
            : throw new ModelPackageException(configFile, null, "is missing; a model package is the folder that holds it.");
        var name = manifest.Name ?? Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar));
        var labels = LabelOrder.Find(folder, config, manifest, manifestFile, name);
        var tokenizer = PackageTokenizer.Read(folder);
        CheckTokenizer(config, tokenizer);
        var maxTokens = FindMaxTokens(folder, config, manifest, manifestFile, tokenizer);

        var variants = new GraphVariants(folder, manifest, manifestFile);
        var chosen = variants.Choose(variant);
        var graph = variants.FileOf(chosen);
        var graphFile = Path.Combine(folder, graph);
        var signature = GraphSignature.Read(graphFile);
        var stance = manifest.Stance ?? (signature.Outputs.Any(static output => output.Name == StanceHead.DefaultOutput) ? StanceHead.Default : null);
        GraphContract.Check(graphFile, signature, config, stance);

        string[] optional = [PackageManifest.FileName, LabelOrder.TaxonomyFileName];
        string[] graphFiles = [graph, .. ExternalFiles(folder, graph, signature)];
        string[] deciding =
        [
            "config.json", .. graphFiles, .. tokenizer.Files,
            .. optional.Where(file => File.Exists(Path.Combine(folder, file))),
        ];
        var description = new ModelDescription
        {
            Name = name,
            Version = manifest.Version,
            ContentHash = ContentHash.Of(folder, deciding),
            TokenizerHash = ContentHash.Of(folder, tokenizer.Files),
            Taxonomy = labels.Taxonomy,
            IsTaxonomyAdHoc = labels.IsAdHoc,
            ProblemType = config.ProblemType,
            Variant = chosen,
            MaxTokens = maxTokens,
            Truncation = manifest.Truncation,
            HeadShare = manifest.HeadShare,
            Temperature = manifest.Temperature,
            AbstainBelow = manifest.AbstainBelow,
            DecisionThreshold = manifest.DecisionThreshold,
            DecisionThresholds = manifest.DecisionThresholds is { } thresholds
                ? DecisionThresholds.Read(thresholds, labels.Taxonomy, manifest.DecisionThreshold)
                : [],
            HasStance = stance is not null,
            License = manifest.License,
            Confusion = manifest.Confusion is { } confusion ? MetricsReader.ReadConfusion(confusion, labels.Taxonomy) : [],
            Metrics = manifest.Metrics is { } metrics ? MetricsReader.Read(metrics) : null,
            Remarks = Remarks(config, labels),
        };
        return new ModelPackage(folder, description, variants.Names, graphFile, signature, tokenizer, labels, stance)
        {
            GraphBytes = graphFiles.Sum(file => PackageFile.LengthOf(Path.Combine(folder, file))),
        };
    }

    // Relative to the package. Links lead where they like, as in a hub's cache; names must not.
    private static List<string> ExternalFiles(string folder, string graph, GraphSignature signature)
    {
        List<string> files = [];
        foreach (var location in signature.ExternalFiles)
        {
            var file = Path.GetFullPath(Path.Combine(folder, Path.GetDirectoryName(graph) ?? "", location));
            if (Path.IsPathRooted(location) || !file.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new ModelPackageException(
                    Path.Combine(folder, graph), "external_data.location", $"'{location}' is outside the package. Export the weights into a file beside the graph.");
            }

            if (!File.Exists(file))
            {
                throw new ModelPackageException(
                    Path.Combine(folder, graph), "external_data.location", $"'{location}' holds weights of the graph and is missing. Copy it beside the graph.");
            }

            files.Add(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
        }

        return files;
    }

    private static string? BuiltIn(string name) => BuiltInModels.Find(name, AppContext.BaseDirectory);

    private static void CheckTokenizer(HubConfig config, PackageTokenizer tokenizer)
    {
        var largest = tokenizer.Before.Concat(tokenizer.Behind).Append(tokenizer.LargestId).Max();
        if (largest >= config.VocabularySize)
        {
            throw new ModelPackageException(tokenizer.VocabularyFile, null, string.Create(
                CultureInfo.InvariantCulture,
                $"holds the id {largest}, but {config.File} says vocab_size {config.VocabularySize}. The files belong to different models."));
        }

        if (config.PadTokenId is { } pad && pad != tokenizer.PadId)
        {
            throw new ModelPackageException(config.File, "pad_token_id", string.Create(
                CultureInfo.InvariantCulture,
                $"is {pad}, but the padding token of {tokenizer.VocabularyFile} has the id {tokenizer.PadId}. The files belong to different models."));
        }
    }

    private static int FindMaxTokens(string folder, HubConfig config, PackageManifest manifest, string manifestFile, PackageTokenizer tokenizer)
    {
        if (manifest.MaxTokens > config.UsablePositions)
        {
            throw new ModelPackageException(manifestFile, "truncation.max_tokens", string.Create(
                CultureInfo.InvariantCulture,
                $"is {manifest.MaxTokens}, but the model has positions for {config.UsablePositions} tokens ({config.File}: max_position_embeddings)."));
        }

        var tokenizerConfig = Path.Combine(folder, SpecialTokens.ConfigFile);

        // Exporters write 1e30 for "no limit".
        var tokenizerLimit = File.Exists(tokenizerConfig) && PackageFile.ReadObject(tokenizerConfig).TryGet("model_max_length", out var limit)
            ? (int)Math.Min(limit.Number(1, double.MaxValue), int.MaxValue)
            : int.MaxValue;
        var maxTokens = manifest.MaxTokens ?? Math.Min(DefaultMaxTokens, Math.Min(config.UsablePositions ?? int.MaxValue, tokenizerLimit));
        return maxTokens > tokenizer.FrameLength
            ? maxTokens
            : throw new ModelPackageException(config.File, "max_position_embeddings", string.Create(
                CultureInfo.InvariantCulture, $"leaves room for {maxTokens} tokens; expected at least {tokenizer.FrameLength + 1}: {tokenizer.FrameLength} go around every text."));
    }

    private static List<string> Remarks(HubConfig config, LabelOrder labels)
    {
        List<string> remarks = [];
        if (config.HasGenericLabels)
        {
            remarks.Add(
                $"The labels are the exporter's placeholders ({config.Labels[0]}, …). Put their names into config.json's id2label, "
                + $"or a {LabelOrder.TaxonomyFileName} into the package.");
        }
        else if (labels.IsAdHoc)
        {
            remarks.Add("The package names no taxonomy; its values were made from the labels.");
        }

        return remarks;
    }
}
