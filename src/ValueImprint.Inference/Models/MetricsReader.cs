using System.Text.Json;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Inference.Models;

/// <summary>Reads the figures that a package states about itself.</summary>
internal static class MetricsReader
{
    public static ModelMetrics Read(JsonField field)
    {
        Dictionary<string, double> overall = [];
        Dictionary<string, double> baseline = [];
        Dictionary<string, ValueMetrics> perValue = [];
        var metrics = new ModelMetrics { Overall = overall, Baseline = baseline, PerValue = perValue };
        foreach (var (name, value) in field.Members())
        {
            switch (name)
            {
                case "split":
                    metrics = metrics with { Split = value.Text() };
                    break;
                case "texts":
                    metrics = metrics with { Texts = value.WholeNumber(0, long.MaxValue) };
                    break;
                case "per_value":
                    ReadPerValue(value, perValue);
                    break;
                case "baseline":
                    metrics = metrics with { BaselineName = value.Text("name", "") };
                    ReadFigures(value, baseline);
                    break;
                default:
                    overall.Add(name, value.Number(0, 1));
                    break;
            }
        }

        return metrics;
    }

    /// <summary>
    /// The counts of a confusion matrix, moved into the taxonomy's order: <c>[true value, predicted value, bin]</c>. A cell is a count, or a
    /// list of counts by equal-width bins of the label's score, as many in every cell.
    /// </summary>
    public static long[] ReadConfusion(JsonField field, ValueTaxonomy taxonomy)
    {
        field.Only("split", "labels", "matrix");
        var count = taxonomy.Values.Count;
        var labels = field.Get("labels");
        var valueOfLabel = labels.Items().Select(label => taxonomy.Identity.TryFind(label.Text(), out var value)
            ? value
            : throw label.Fault($"the taxonomy {taxonomy} has no value '{label.Text()}'.")).ToArray();
        if (valueOfLabel.Length != count || valueOfLabel.Distinct().Count() != count)
        {
            labels.Refuse(FormattableString.Invariant($"expected the taxonomy's {count} values, each once."));
        }

        var matrix = field.Get("matrix");
        var rows = matrix.Items().ToArray();
        CheckCount(matrix, rows.Length, count, "rows");
        var columns = rows.Select(row => row.Items().ToArray()).ToArray();
        CheckCount(rows[0], columns[0].Length, count, "columns");
        var bins = columns[0][0].Kind == JsonValueKind.Array ? columns[0][0].Items().Count() : 1;
        if (bins == 0 || ScoreHistogram.Bins % bins != 0)
        {
            columns[0][0].Refuse(FormattableString.Invariant($"has {bins} bins of the score, expected 1, 2, 4, 5, 10 or 20."));
        }

        var counts = new long[count * count * bins];
        for (var row = 0; row < count; row++)
        {
            CheckCount(rows[row], columns[row].Length, count, "columns");
            for (var column = 0; column < count; column++)
            {
                var start = ((valueOfLabel[row] * count) + valueOfLabel[column]) * bins;
                ReadCell(columns[row][column], counts.AsSpan(start, bins));
            }
        }

        return counts;
    }

    private static void ReadCell(JsonField cell, Span<long> bins)
    {
        if (cell.Kind != JsonValueKind.Array)
        {
            CheckCount(cell, 1, bins.Length, "bins of the score");
            bins[0] = cell.WholeNumber(0, long.MaxValue);
            return;
        }

        var counts = cell.Items().ToArray();
        CheckCount(cell, counts.Length, bins.Length, "bins of the score");
        for (var bin = 0; bin < bins.Length; bin++)
        {
            bins[bin] = counts[bin].WholeNumber(0, long.MaxValue);
        }
    }

    private static void CheckCount(JsonField field, int found, int expected, string what)
    {
        if (found != expected)
        {
            field.Refuse(FormattableString.Invariant($"has {found} {what}, expected {expected}."));
        }
    }

    private static void ReadPerValue(JsonField field, Dictionary<string, ValueMetrics> perValue)
    {
        foreach (var (name, value) in field.Members())
        {
            perValue.Add(name, new ValueMetrics(
                value.Number("precision", 0, 1, 0),
                value.Number("recall", 0, 1, 0),
                value.Number("f1", 0, 1, 0),
                value.TryGet("support", out var support) ? support.WholeNumber(0, long.MaxValue) : 0));
        }
    }

    private static void ReadFigures(JsonField field, Dictionary<string, double> figures)
    {
        foreach (var (name, value) in field.Members().Where(static member => member.Value.Kind == JsonValueKind.Number))
        {
            figures.Add(name, value.Number(0, 1));
        }
    }
}
