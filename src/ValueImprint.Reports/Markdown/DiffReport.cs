using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using static System.FormattableString;
using static ValueImprint.Reports.Markdown.MarkdownText;

namespace ValueImprint.Reports.Markdown;

/// <summary>How two imprints differ, as GitHub-flavoured Markdown. Holds no dataset text. Lines end with a line feed.</summary>
public static class DiffReport
{
    /// <summary>Writes the comparison.</summary>
    public static void Write(ImprintDiff diff, TextWriter writer)
    {
        Line("# Drift of values");
        if (diff.Caution is { } caution)
        {
            Line();
            Line($"**What moved may be the model's doing.** {Escape(caution)}");
        }

        foreach (var scope in diff.Scopes)
        {
            WriteScope(scope);
        }

        WriteMissing("Only the baseline has texts of the scope", diff.Missing);
        WriteMissing("Only the current dataset has texts of the scope", diff.Added);

        void WriteScope(ScopeDrift scope)
        {
            Line();
            Line($"## {RuleName(scope.Scope)}");
            Line();
            Line(Invariant($"{scope.BaselineTexts:N0} texts in the baseline, {scope.CurrentTexts:N0} now. ")
                + $"Jensen-Shannon divergence {ShareText.Bits(scope.JensenShannon)} bits, total variation {ShareText.Bits(scope.TotalVariation)} ({diff.Level} intervals)."
                + (scope.IsSmallSample ? " **A small sample: read the intervals as rough.**" : ""));
            Line();
            Line($"| Value | baseline | now | change | {diff.Level} interval |");
            Line("|---|--:|--:|--:|--:|");
            foreach (var value in scope.Values)
            {
                Line($"| {Escape(value.Value.Name)} | {ShareText.Percent(value.Baseline.Value)} | {ShareText.Percent(value.Current.Value)} "
                    + $"| {ShareText.Points(value.Change.Value)} | {ShareText.PointRange(value.Change.Interval)} |");
            }
        }

        void WriteMissing(string what, IReadOnlyList<TextScope> scopes)
        {
            if (scopes.Count > 0)
            {
                Line();
                Line($"{what} {string.Join(", ", scopes.Select(static scope => scope.Name()))}.");
            }
        }

        void Line(string text = "") => writer.Write(text + "\n");
    }

    private static string RuleName(TextScope? scope) => RuleWords.NameOf(scope);
}
