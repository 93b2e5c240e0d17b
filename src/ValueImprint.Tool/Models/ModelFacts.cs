using System.Globalization;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Tool.Tables;

namespace ValueImprint.Tool.Models;

/// <summary>What there is to say about a model package, label by label.</summary>
internal static class ModelFacts
{
    public static IEnumerable<(string Label, string Text)> Of(ModelPackage package)
    {
        var model = package.Description;
        yield return ("Folder", package.Folder);
        yield return ("Licence", model.License.Length > 0 ? model.License : "not stated");
        yield return ("Taxonomy", $"{model.Taxonomy.Identity}, {Counted.Of(model.Taxonomy.Values.Count, "value", "values")}{(model.IsTaxonomyAdHoc ? ", made from the labels" : "")}");
        yield return ("Answers", Answers(model));
        yield return ("Stance", model.HasStance ? "upholds, violates, neutral" : "no stance head");
        yield return ("Tokens", string.Create(CultureInfo.InvariantCulture, $"at most {model.MaxTokens:N0}; of a longer text {Kept(model.Truncation)}"));
        yield return ("Calibration", string.Create(CultureInfo.InvariantCulture, $"temperature {model.Temperature:0.####}")
            + (model.AbstainBelow > 0 ? string.Create(CultureInfo.InvariantCulture, $", abstains below {model.AbstainBelow:0.####}") : ""));
        yield return ("Graph", $"{model.Variant}; the package has {string.Join(", ", package.Variants)}");
        yield return ("Content", model.ContentHash);
        yield return ("Tokenizer", model.TokenizerHash);
        foreach (var remark in model.Remarks)
        {
            yield return ("Note", remark);
        }
    }

    /// <summary>As a package writes it.</summary>
    public static string Name(TruncationStrategy truncation) => truncation switch
    {
        TruncationStrategy.Head => "head",
        TruncationStrategy.Tail => "tail",
        _ => "head+tail",
    };

    private static string Answers(ModelDescription model)
    {
        if (model.ProblemType == ProblemType.SingleLabel)
        {
            return "one value a text";
        }

        var thresholds = Enumerable.Range(0, model.Taxonomy.Values.Count).Select(model.DecisionThresholdOf).ToArray();
        var (least, most) = (thresholds.Min(), thresholds.Max());
        return least == most
            ? string.Create(CultureInfo.InvariantCulture, $"any number of values a text, each from a score of {least:0.####} on")
            : string.Create(CultureInfo.InvariantCulture, $"any number of values a text, each from a score of its own on, {least:0.####} to {most:0.####}");
    }

    private static string Kept(TruncationStrategy truncation) => truncation switch
    {
        TruncationStrategy.Head => "the beginning is kept",
        TruncationStrategy.Tail => "the end is kept",
        _ => "beginning and end are kept",
    };
}
