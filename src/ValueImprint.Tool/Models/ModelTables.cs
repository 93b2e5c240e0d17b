using System.Globalization;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Models;

/// <summary>A model package for a person: what it is, then how good it says it is.</summary>
internal static class ModelTables
{
    private const int LabelWidth = 13;

    public static void Write(ModelPackage package, TextWriter output, TerminalTraits traits)
    {
        var model = package.Description;
        var ink = new Ink(traits.HasColor);
        output.WriteLine($"  {ink.Paint($"{model.Name} {model.Version}".TrimEnd(), Tint.Strong)}");
        output.WriteLine();
        foreach (var (label, text) in ModelFacts.Of(package))
        {
            output.WriteLine($"  {ink.Paint(label.PadRight(LabelWidth), Tint.Faint)}{ink.Paint(text, Tint.None)}");
        }

        if (model.Metrics is { } metrics)
        {
            output.WriteLine();
            output.WriteLine($"  {ink.Paint("Figures", Tint.Strong)} {ink.Paint(Source(metrics), Tint.Faint)}");
            Overall(metrics).Write(output, traits);
        }

        if (model.Metrics is { PerValue.Count: > 0 } figures)
        {
            output.WriteLine();
            PerValue(model, figures).Write(output, traits);
        }
    }

    private static string Source(ModelMetrics metrics) =>
        $"of {Counted.Of(metrics.Texts, "text", "texts")}{(metrics.Split.Length > 0 ? $" of the {metrics.Split} split" : "")}, as the package states them";

    private static TextTable Overall(ModelMetrics metrics)
    {
        var hasBaseline = metrics.Baseline.Count > 0;
        Column[] columns = [new("Figure", Wraps: true), new("Model", IsRight: true)];
        var table = new TextTable(hasBaseline ? [.. columns, new Column(metrics.BaselineName, IsRight: true)] : columns);
        foreach (var (name, figure) in metrics.Overall)
        {
            Cell[] cells = [name.Replace('_', ' '), new Cell(Figure(figure), Tint.Strong)];
            table.Add(hasBaseline ? [.. cells, metrics.Baseline.TryGetValue(name, out var baseline) ? Figure(baseline) : ""] : cells);
        }

        return table;
    }

    private static TextTable PerValue(ModelDescription model, ModelMetrics metrics)
    {
        var table = new TextTable(
            new Column("Value", Wraps: true),
            new Column("Precision", IsRight: true),
            new Column("Recall", IsRight: true),
            new Column("F1", IsRight: true),
            new Column("Texts", IsRight: true));
        foreach (var value in model.Taxonomy.Values.Where(value => metrics.PerValue.ContainsKey(value.Id)))
        {
            var figures = metrics.PerValue[value.Id];
            table.Add(
                value.Name,
                Figure(figures.Precision),
                Figure(figures.Recall),
                new Cell(Figure(figures.F1), Tint.Strong),
                ShareCells.Count(figures.Support));
        }

        return table;
    }

    private static string Figure(double figure) => figure.ToString("0.000", CultureInfo.InvariantCulture);
}

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
