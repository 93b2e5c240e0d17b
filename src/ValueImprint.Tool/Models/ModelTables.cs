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
            output.WriteLine($"  {ink.Paint(label.PadRight(LabelWidth), Tint.Faint)}{text}");
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
