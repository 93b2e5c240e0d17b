using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

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
