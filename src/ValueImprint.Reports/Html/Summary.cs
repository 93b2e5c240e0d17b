using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What a reader should know after ten seconds: the verdict, the thin values, how sure that is, what the preference rewards.</summary>
internal sealed record Summary(ReportFacts Facts) : IHtmlPart
{
    private const int MaxNames = 4;

    public void WriteTo(HtmlWriter html)
    {
        html.Line($"<div class=\"summary\" role=\"group\" aria-label=\"Summary\">");
        WriteVerdict(html);
        if (Facts.Main is { } main)
        {
            WriteThin(html, main);
            WriteCertainty(html, main);
        }

        if (Facts.Contrast is { } contrast)
        {
            WriteRewards(html, contrast);
        }

        if (Facts.Drift is { Scopes.Count: > 0 } drift)
        {
            WriteDrift(html, drift.Scopes[0]);
        }

        html.Add($"</div>");
    }

    private void WriteVerdict(HtmlWriter html)
    {
        if (Facts.Report.Result is not { } result)
        {
            html.Line($"<div class=\"card\"><h2>Gate</h2><p class=\"big muted\">Not judged</p><p>No policy was given.</p></div>");
            return;
        }

        var held = result.Rules.Count(static rule => rule.Verdict == Verdict.Pass);
        html.Add($"<div class=\"card {result.Verdict.Name()}\"><h2>Gate</h2>");
        html.Add($"<p class=\"big\">{VerdictMark.WordOf(result.Verdict)}{(result.Imprint.Part is { } part ? $" ({part})" : "")}</p>");
        html.Line($"<p>{(result.Rules.Count == 0 ? "The policy could not be applied." : $"{held} of {ReportText.Count(result.Rules.Count, "rule holds", "rules hold")}.")}</p></div>");
    }

    private void WriteThin(HtmlWriter html, ScopeFacts scope)
    {
        int[] thin = [.. scope.ByShare.Reverse().Where(value => scope.ThinnessOf(value) != Thinness.No)];
        html.Add($"<div class=\"card\"><h2>Thin in {scope.Scope.Name()} texts</h2>");
        if (thin.Length == 0)
        {
            html.Add($"<p class=\"big\">None</p><p>Every value has at least half of the average share.</p>");
        }
        else
        {
            html.Add($"<ul class=\"facts\">");
            foreach (var value in thin.Take(MaxNames))
            {
                var isSure = scope.ThinnessOf(value) == Thinness.Surely;
                html.Add($"<li><span>{Facts.NameOf(value)}{(isSure ? "" : " (perhaps)")}</span> <b>{ShareText.Percent(scope.Shares[value].Value)}</b></li>");
            }

            html.Add($"</ul>{More(thin.Length)}");
        }

        html.Line($"</div>");
    }

    private void WriteCertainty(HtmlWriter html, ScopeFacts scope)
    {
        var widest = scope.Shares.Max(static share => share.Interval.Upper - share.Interval.Lower) / 2;
        html.Add($"<div class=\"card\"><h2>How sure</h2><p class=\"big\">± {ShareText.Difference(widest).TrimStart('+')} points</p>");
        html.Add($"<p>or less by chance, from {ReportText.Count(scope.Counts.Texts, "text", "texts")} ({Facts.Level.ToString()} intervals). ");
        html.Line($"{ModelErrors.InWords(Facts.Imprint)}</p></div>");
    }

    private void WriteRewards(HtmlWriter html, PreferenceContrast contrast)
    {
        ValueContrast[] clear = [.. contrast.Values.Where(value => value.IsClear(Facts.Level))
            .OrderByDescending(static value => Math.Abs(value.Difference.Value))];
        html.Add($"<div class=\"card\"><h2>The preference rewards</h2>");
        if (clear.Length == 0)
        {
            html.Add($"<p class=\"big\">No value clearly</p><p>{ReportText.Count(contrast.Pairs, "pair", "pairs")} of chosen and rejected texts settle none of the differences.</p>");
        }
        else
        {
            html.Add($"<ul class=\"facts\">");
            foreach (var value in clear.Take(MaxNames).OrderByDescending(static value => value.Difference.Value))
            {
                html.Add($"<li><span>{ReportText.Name(value.Value.Name)}</span> <b>{ShareText.Difference(value.Difference.Value)}</b></li>");
            }

            html.Add($"</ul>{More(clear.Length)}<p>Percentage points, chosen minus rejected.</p>");
        }

        html.Line($"</div>");
    }

    private void WriteDrift(HtmlWriter html, ScopeDrift drift)
    {
        var widest = drift.Values.MaxBy(static value => Math.Abs(value.Change.Value));
        html.Add($"<div class=\"card\"><h2>Since {ReportText.Name(Facts.Baseline?.Name ?? "")}</h2>");
        html.Add($"<p class=\"big\">{ShareText.Percent(drift.TotalVariation.Value)} moved</p>");
        html.Line($"<p>of the labels of {RuleWords.NameOf(drift.Scope)} texts. Most: {ReportText.Name(widest?.Value.Name ?? "")}, {ShareText.Difference(widest?.Change.Value ?? 0)} points.</p></div>");
    }

    private static Note? More(int count) => count <= MaxNames ? null : new Note($"{ReportText.Count(count - MaxNames, "more is", "more are")} named below.");
}
