using System.Globalization;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>An axis of shares, divided evenly at round numbers.</summary>
/// <param name="Lower">Its left end.</param>
/// <param name="Upper">Its right end.</param>
/// <param name="Steps">Into how many parts it is divided.</param>
internal readonly record struct ChartScale(double Lower, double Upper, int Steps)
{
    private static readonly double[] _steps = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];

    /// <summary>From 0 to a round number that is not below the largest one shown; up to five parts.</summary>
    public static ChartScale Shares(IEnumerable<double> shown)
    {
        var (count, step) = StepsTo(shown, 5);
        return new ChartScale(0, count * step, count);
    }

    /// <summary>As far to the left of 0 as to the right.</summary>
    public static ChartScale Differences(IEnumerable<double> shown)
    {
        var (count, step) = StepsTo(shown.Select(Math.Abs), 3);
        return new ChartScale(-count * step, count * step, 2 * count);
    }

    /// <summary>The numbers at the divisions.</summary>
    public IEnumerable<double> Ticks()
    {
        for (var index = 0; index <= Steps; index++)
        {
            yield return Lower + (Upper - Lower) * index / Steps;
        }
    }

    /// <summary>The place of a number, in percent of the width.</summary>
    public double At(double number) => Math.Clamp((number - Lower) / (Upper - Lower), 0, 1) * 100;

    private static (int Count, double Step) StepsTo(IEnumerable<double> shown, int most)
    {
        var largest = Math.Min(1, shown.Where(double.IsFinite).DefaultIfEmpty(1).Max());
        var step = _steps.FirstOrDefault(step => largest <= step * most, _steps[^1]);
        return (Math.Max(1, (int)Math.Ceiling(largest / step - 1e-9)), step);
    }
}

/// <summary>The numbers above the charts of a table. For eyes alone: the cells say the same in words.</summary>
internal sealed record Axis(ChartScale Scale) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Add($"<svg class=\"axis\" aria-hidden=\"true\" focusable=\"false\">");
        foreach (var (index, tick) in Scale.Ticks().Index())
        {
            var anchor = index == 0 ? "start" : index == Scale.Steps ? "end" : "middle";
            html.Add($"<text x=\"{Scale.At(tick)}%\" y=\"11\" text-anchor=\"{anchor}\">{LabelOf(tick)}</text>");
        }

        html.Add($"</svg>");
    }

    // The first division and the last tell the unit; the ones between would only repeat it.
    private string LabelOf(double tick)
    {
        var points = Math.Round(tick * 100, 3);
        var sign = Scale.Lower < 0 && points != 0 ? (points < 0 ? "−" : "+") : "";
        return sign + Math.Abs(points).ToString("0.##", CultureInfo.InvariantCulture) + (Scale.Lower < 0 ? "" : " %");
    }
}

/// <summary>A share as a bar, its interval as a whisker, its corrected estimate as a point below, and the line below which values are thin.</summary>
internal sealed record ShareBar(ChartScale Scale, Estimate Share, Estimate? Corrected, double ThinLine, TextScope Scope) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        html.Add($"<svg class=\"chart {Scope.Name()}{(Corrected is null ? "" : " tall")}\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<rect class=\"bar\" y=\"3\" width=\"{Scale.At(Share.Value)}%\" height=\"10\" rx=\"2\"/>");
        html.Add($"{new Whisker(Scale, Share.Interval, 8)}");
        if (Corrected is { } corrected)
        {
            html.Add($"<line class=\"fixed\" x1=\"{Scale.At(corrected.Interval.Lower)}%\" x2=\"{Scale.At(corrected.Interval.Upper)}%\" y1=\"19\" y2=\"19\"/>");
            html.Add($"<circle class=\"fixed\" cx=\"{Scale.At(corrected.Value)}%\" cy=\"19\" r=\"3\"/>");
        }

        if (ThinLine > 0)
        {
            html.Add($"<line class=\"thinline\" x1=\"{Scale.At(ThinLine)}%\" x2=\"{Scale.At(ThinLine)}%\" y1=\"0\" y2=\"100%\"/>");
        }

        html.Add($"</svg>");
    }
}

/// <summary>A difference as a bar to the right or to the left of zero, with its interval.</summary>
internal sealed record DifferenceBar(ChartScale Scale, Estimate Difference) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        var (zero, end) = (Scale.At(0), Scale.At(Difference.Value));
        html.Add($"<svg class=\"chart\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<rect class=\"bar {(Difference.Value < 0 ? "less" : "more")}\" x=\"{Math.Min(zero, end)}%\" y=\"3\" width=\"{Math.Abs(end - zero)}%\" height=\"10\" rx=\"1\"/>");
        html.Add($"<line class=\"zero\" x1=\"{zero}%\" x2=\"{zero}%\" y1=\"0\" y2=\"100%\"/>");
        html.Add($"{new Whisker(Scale, Difference.Interval, 8)}</svg>");
    }
}

/// <summary>What a rule found, over the range that it allows.</summary>
internal sealed record RuleChart(ChartScale Scale, Estimate Found, double Least, double Greatest, Verdict Verdict) : IHtmlPart
{
    /// <summary>The drawing; <see langword="null"/> where nothing could be measured.</summary>
    public static RuleChart? Of(RuleOutcome outcome) => outcome switch
    {
        CoverageOutcome { Share.Total: > 0 } coverage => OfShare(
            new Estimate(coverage.Estimate, coverage.Interval), coverage.Rule.Minimum?.Value ?? 0, coverage.Rule.Maximum?.Value ?? 1, outcome.Verdict),
        ContrastOutcome { Contrast: { } contrast } rule => OfDifference(
            contrast.Difference, rule.Rule.Minimum?.Value ?? -1, rule.Rule.Maximum?.Value ?? 1, outcome.Verdict),
        DriftOutcome { Change: { } change } rule => OfDifference(
            change.Change, -(rule.Rule.MaxDrop?.Value ?? 1), rule.Rule.MaxRise?.Value ?? 1, outcome.Verdict),
        DriftOutcome { Divergence: { } divergence } rule => OfShare(divergence, 0, rule.Rule.MaxDivergence?.Value ?? 1, outcome.Verdict),
        _ => null,
    };

    public void WriteTo(HtmlWriter html)
    {
        var (from, to) = (Scale.At(Least), Scale.At(Greatest));
        html.Add($"<svg class=\"chart rule {Verdict.Name()}\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<rect class=\"track\" y=\"6\" width=\"100%\" height=\"4\" rx=\"2\"/>");
        html.Add($"<rect class=\"allowed\" x=\"{from}%\" y=\"3\" width=\"{Math.Max(0, to - from)}%\" height=\"10\"/>");
        foreach (var bound in new[] { (Number: Least, Place: from), (Number: Greatest, Place: to) }.Where(bound => bound.Number > Scale.Lower && bound.Number < Scale.Upper))
        {
            html.Add($"<line class=\"bound\" x1=\"{bound.Place}%\" x2=\"{bound.Place}%\" y1=\"0\" y2=\"16\"/>");
        }

        html.Add($"{new Whisker(Scale, Found.Interval, 8)}<circle class=\"point\" cx=\"{Scale.At(Found.Value)}%\" cy=\"8\" r=\"4\"/></svg>");
    }

    // The range ends a little beyond what has to be seen: the interval, and the bounds that aren't at the end of all shares.
    private static RuleChart OfShare(Estimate found, double least, double greatest, Verdict verdict) =>
        new(ChartScale.Shares([found.Interval.Upper * 1.1, least * 1.15, greatest < 1 ? greatest * 1.15 : 0]), found, least, greatest, verdict);

    private static RuleChart OfDifference(Estimate found, double least, double greatest, Verdict verdict) =>
        new(ChartScale.Differences([found.Interval.Lower * 1.1, found.Interval.Upper * 1.1, least > -1 ? least * 1.15 : 0, greatest < 1 ? greatest * 1.15 : 0]),
            found, least, greatest, verdict);
}

/// <summary>Shares over time, each with its interval, scaled to the largest.</summary>
internal sealed record TrendLine(IReadOnlyList<Estimate> Shares) : IHtmlPart
{
    private const double Width = 160;
    private const double Height = 36;
    private const double Margin = 4;

    public void WriteTo(HtmlWriter html)
    {
        var most = Math.Max(Shares.Max(static share => share.Interval.Upper), 1e-9);
        var band = Shares.Select((share, index) => Place(index, share.Interval.Upper / most))
            .Concat(Shares.Index().Reverse().Select(share => Place(share.Index, share.Item.Interval.Lower / most)));
        html.Add($"<svg class=\"trend\" viewBox=\"0 0 {Width} {Height}\" aria-hidden=\"true\" focusable=\"false\">");
        html.Add($"<polygon class=\"band\" points=\"{string.Join(' ', band)}\"/>");
        html.Add($"<polyline class=\"line\" points=\"{string.Join(' ', Shares.Select((share, index) => Place(index, share.Value / most)))}\"/>");
        html.Add($"<circle class=\"point\" cx=\"{X(Shares.Count - 1)}\" cy=\"{Y(Shares[^1].Value / most)}\" r=\"3\"/></svg>");
    }

    private string Place(int index, double height) => string.Create(CultureInfo.InvariantCulture, $"{X(index):0.#},{Y(height):0.#}");

    private double X(int index) => Margin + (Width - 2 * Margin) * index / Math.Max(1, Shares.Count - 1);

    private static double Y(double height) => Height - Margin - (Height - 2 * Margin) * height;
}

/// <summary>An interval in a drawing.</summary>
internal sealed record Whisker(ChartScale Scale, Interval Interval, int Y) : IHtmlPart
{
    public void WriteTo(HtmlWriter html)
    {
        var (from, to) = (Scale.At(Interval.Lower), Scale.At(Interval.Upper));
        html.Add($"<line class=\"halo\" x1=\"{from}%\" x2=\"{to}%\" y1=\"{(long)Y}\" y2=\"{(long)Y}\"/>");
        html.Add($"<line class=\"whisker\" x1=\"{from}%\" x2=\"{to}%\" y1=\"{(long)Y}\" y2=\"{(long)Y}\"/>");
        foreach (var end in (double[])[from, to])
        {
            html.Add($"<line class=\"whisker\" x1=\"{end}%\" x2=\"{end}%\" y1=\"{(long)(Y - 3)}\" y2=\"{(long)(Y + 3)}\"/>");
        }
    }
}
