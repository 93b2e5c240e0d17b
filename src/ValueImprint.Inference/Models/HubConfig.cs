using System.Globalization;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Models;

/// <summary>What a package's <c>config.json</c> says, in the words of the Hugging Face layout.</summary>
internal sealed record HubConfig
{
    // Their position ids start after the padding id, so that this many of max_position_embeddings are not for tokens.
    private static readonly HashSet<string> OffsetPositionFamilies = new(StringComparer.Ordinal)
    {
        "roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "roberta-prelayernorm", "data2vec-text", "ibert", "mpnet", "luke", "longformer",
    };

    public required string File { get; init; }

    public required string ModelType { get; init; }

    /// <summary>Display names or value ids, in the order of the logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required ProblemType ProblemType { get; init; }

    public int? PadTokenId { get; init; }

    public int? BosTokenId { get; init; }

    public int? EosTokenId { get; init; }

    public int? VocabularySize { get; init; }

    /// <summary>Most tokens of a text, special ones included; <see langword="null"/> where the configuration sets no limit.</summary>
    public int? UsablePositions { get; init; }

    /// <summary>Every label is of the form <c>LABEL_3</c>: the exporter was not told their names.</summary>
    public bool HasGenericLabels => Labels.All(static label =>
        label.StartsWith("LABEL_", StringComparison.Ordinal) && int.TryParse(label.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    public static HubConfig Read(string file)
    {
        var root = PackageFile.ReadObject(file);
        var modelType = root.Text("model_type", "");
        int? pad = root.TryGet("pad_token_id", out var padField) ? (int)padField.WholeNumber(0, int.MaxValue) : null;
        int? positions = root.TryGet("max_position_embeddings", out var positionsField)
            ? (int)positionsField.WholeNumber(-1, int.MaxValue)
            : null;
        if (positions > 0 && OffsetPositionFamilies.Contains(modelType))
        {
            positions -= (pad ?? 1) + 1;
        }

        var labels = ReadLabels(root);
        var problemType = ReadProblemType(root);
        if (labels.Length == 1 && problemType == ProblemType.SingleLabel)
        {
            throw root.FaultAt("problem_type", "has one label to choose from, which would have every text with a score of 1. "
                + "Say multi_label_classification, if its one logit is for a sigmoid.");
        }

        return new HubConfig
        {
            File = file,
            ModelType = modelType,
            Labels = labels,
            ProblemType = problemType,
            PadTokenId = pad,
            BosTokenId = ReadTokenId(root, "bos_token_id"),
            EosTokenId = ReadTokenId(root, "eos_token_id"),
            VocabularySize = root.TryGet("vocab_size", out var size) ? (int)size.WholeNumber(1, int.MaxValue) : null,
            UsablePositions = positions > 0 ? positions : null,
        };
    }

    private static int? ReadTokenId(JsonField root, string name) =>
        root.TryGet(name, out var field) && field.Kind == System.Text.Json.JsonValueKind.Number ? (int)field.WholeNumber(0, int.MaxValue) : null;

    private static ProblemType ReadProblemType(JsonField root) => root.Text("problem_type", "single_label_classification") switch
    {
        "single_label_classification" => ProblemType.SingleLabel,
        "multi_label_classification" => ProblemType.MultiLabel,
        var other => throw root.Get("problem_type").Fault(
            $"found '{other}', expected single_label_classification or multi_label_classification."),
    };

    private static string[] ReadLabels(JsonField root)
    {
        var field = root.Get("id2label");
        var byIndex = new SortedDictionary<int, string>();
        foreach (var (name, label) in field.Members())
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                label.Refuse("expected a whole number as the label's id.");
            }

            var text = label.Text().Trim();
            if (text.Length == 0)
            {
                label.Refuse("the label is empty.");
            }

            if (!byIndex.TryAdd(index, text))
            {
                label.Refuse("this id is given twice.");
            }
        }

        if (byIndex.Count == 0)
        {
            field.Refuse("has no labels; expected one for each logit.");
        }

        for (var index = 0; index < byIndex.Count; index++)
        {
            if (!byIndex.ContainsKey(index))
            {
                field.Refuse(string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {byIndex.Count} labels but none with id {index}; ids must run from 0 without gaps."));
            }
        }

        if (byIndex.Values.GroupBy(static label => label, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            field.Refuse($"the label '{twice.Key}' occurs twice.");
        }

        return [.. byIndex.Values];
    }
}
