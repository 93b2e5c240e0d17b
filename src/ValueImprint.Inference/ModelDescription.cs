using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference;

/// <summary>What there is to say about a loaded model package. Immutable.</summary>
public sealed record ModelDescription
{
    /// <summary>The package's name, or its folder's where it states none.</summary>
    public required string Name { get; init; }

    /// <summary>The package's version; empty where it states none.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 over the files that decide a result, lower-case hex. Equal hashes answer alike.</summary>
    public required string ContentHash { get; init; }

    /// <summary>SHA-256 over the tokenizer's files, lower-case hex.</summary>
    public required string TokenizerHash { get; init; }

    /// <summary>The values, in the order of every score.</summary>
    public required ValueTaxonomy Taxonomy { get; init; }

    /// <summary>The taxonomy was made from the labels, since the package names none and the labels are not the built-in one's.</summary>
    public required bool IsTaxonomyAdHoc { get; init; }

    /// <summary>Softmax or sigmoid.</summary>
    public required ProblemType ProblemType { get; init; }

    /// <summary>Which graph runs: <c>fp32</c>, <c>int8</c>, <c>fp16</c>.</summary>
    public required string Variant { get; init; }

    /// <summary>ONNX Runtime's provider in use, such as <c>CPUExecutionProvider</c>; empty before the engine has started.</summary>
    public string ExecutionProvider { get; init; } = "";

    /// <summary>Most tokens of a text that the model sees, special tokens included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>What is kept of a longer text.</summary>
    public required TruncationStrategy Truncation { get; init; }

    /// <summary>Share of the head in <see cref="TruncationStrategy.HeadTail"/>, in [0, 1].</summary>
    public required double HeadShare { get; init; }

    /// <summary>Divides the logits; 1 is uncalibrated.</summary>
    public required double Temperature { get; init; }

    /// <summary>Top score under which the model abstains, in [0, 1]; 0 never abstains.</summary>
    public required double AbstainBelow { get; init; }

    /// <summary>Score from which a multi-label model assigns a value, in [0, 1].</summary>
    public required double DecisionThreshold { get; init; }

    /// <summary>
    /// <c>[values]</c>: the same for each value, in the taxonomy's order; empty where <see cref="DecisionThreshold"/> holds for all.
    /// </summary>
    public IReadOnlyList<double> DecisionThresholds { get; init; } = [];

    /// <summary>The model also says how the answer treats the value.</summary>
    public required bool HasStance { get; init; }

    /// <summary>SPDX identifier of the licence; empty where the package states none.</summary>
    public required string License { get; init; }

    /// <summary>
    /// Counts of the confusion matrix, <c>[true value, predicted value, bin]</c> row-major, values in the taxonomy's order, bins of the
    /// label's score of equal width over [0, 1]. How many bins there are follows from the length. Empty where the package states none.
    /// </summary>
    public required IReadOnlyList<long> Confusion { get; init; }

    /// <summary>The package's own figures; <see langword="null"/> where it states none.</summary>
    public ModelMetrics? Metrics { get; init; }

    /// <summary>Score from which a multi-label model assigns a value, in [0, 1].</summary>
    /// <param name="value">Its index in the taxonomy.</param>
    public double DecisionThresholdOf(int value) => DecisionThresholds.Count > 0 ? DecisionThresholds[value] : DecisionThreshold;

    /// <summary>What a person should know about the package, a sentence each; may be empty.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A model package's own figures, as its <c>valueimprint.json</c> states them.</summary>
public sealed record ModelMetrics
{
    /// <summary>Which rows they were taken on, such as <c>test</c>; may be empty.</summary>
    public string Split { get; init; } = "";

    /// <summary>How many texts; 0 where not stated.</summary>
    public long Texts { get; init; }

    /// <summary>Figures over all values by name (<c>accuracy</c>, <c>macro_f1</c>, <c>weighted_f1</c>, <c>ece</c>, …), each in [0, 1].</summary>
    public IReadOnlyDictionary<string, double> Overall { get; init; } = new Dictionary<string, double>();

    /// <summary>Figures of each value, by its id.</summary>
    public IReadOnlyDictionary<string, ValueMetrics> PerValue { get; init; } = new Dictionary<string, ValueMetrics>();

    /// <summary>Name of the classifier compared with; empty where none is stated.</summary>
    public string BaselineName { get; init; } = "";

    /// <summary>Its figures, by name.</summary>
    public IReadOnlyDictionary<string, double> Baseline { get; init; } = new Dictionary<string, double>();
}

/// <summary>A model package's figures for one value.</summary>
/// <param name="Precision">In [0, 1].</param>
/// <param name="Recall">In [0, 1].</param>
/// <param name="F1">In [0, 1].</param>
/// <param name="Support">Texts whose true value it is.</param>
public readonly record struct ValueMetrics(double Precision, double Recall, double F1, long Support);
