using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using static System.FormattableString;
using static ValueImprint.Reports.Markdown.MarkdownText;

namespace ValueImprint.Reports.Markdown;

/// <summary>
/// An imprint, and what the gate said of it, as GitHub-flavoured Markdown: for a job summary, a package or a dataset card. Holds no
/// dataset text. Lines end with a line feed.
/// </summary>
public sealed class MarkdownReport
{
    private readonly Imprint _imprint;
    private readonly ConfidenceLevel _level;
    private readonly GateResult? _result;
    private readonly TextWriter _writer;

    private MarkdownReport(Imprint imprint, GateResult? result, TextWriter writer) =>
        (_imprint, _result, _writer, _level) = (imprint, result, writer, result?.Policy.Interval ?? default);

    /// <summary>Writes the imprint alone.</summary>
    public static void Write(Imprint imprint, TextWriter writer) => new MarkdownReport(imprint, null, writer).Write();

    /// <summary>Writes the verdict first, then the imprint.</summary>
    public static void Write(GateResult result, TextWriter writer) => new MarkdownReport(result.Imprint, result, writer).Write();

    private void Write()
    {
        Line("# Value imprint");
        if (_result is not null)
        {
            WriteVerdict(_result);
        }

        if (_result?.Early is not null)
        {
            // What follows is about a dataset, and this was a sample of it.
            return;
        }

        WriteShares();
        if (_imprint.Model.HasStance)
        {
            WriteStances();
        }

        if (_imprint.Pairs.Pairs > 0)
        {
            WriteContrast();
        }

        WriteRows();
        WriteProvenance();
    }

    private void WriteVerdict(GateResult result)
    {
        var source = result.Policy.Source.Length > 0 ? $" by {Code(result.Policy.Source)}" : "";
        Line();
        Line($"**Verdict: {result.VerdictText}**{source}");
        if (result.Early is { } early)
        {
            Line();
            Line(early.Summary);
        }

        if (result.Rules.Count > 0)
        {
            Line();
            Line($"| Rule | Scope | Found | {(result.Early is null ? $"{_level} interval" : "Settled range")} | Asked | Verdict |");
            Line("|---|---|--:|--:|---|---|");
        }

        foreach (var rule in result.Rules)
        {
            Line($"| {Escape(rule.Name)} | {rule.Scope} | {rule.Observed} | {rule.IntervalText} "
                + $"| {rule.Bound} | {(rule.Verdict == Verdict.Pass ? "pass" : $"**{rule.Verdict.Name()}**")} |");
        }

        if (result.Diagnostics.Count > 0)
        {
            Line();
        }

        foreach (var diagnostic in result.Diagnostics)
        {
            Line($"- {diagnostic.Code.Id}: {Escape(diagnostic.Message)}");
        }
    }

    private void WriteShares()
    {
        ScopeCounts[] scopes = [.. _imprint.Scopes];
        Line();
        Line("## Values");
        Line();
        if (scopes.Length == 0)
        {
            Line("No texts were classified.");
            return;
        }

        Line($"Share of each scope's texts, with its {_level} interval.");
        Line();
        Line($"| Value | {string.Join(" | ", scopes.Select(static scope => $"{scope.Scope.Name()} | interval"))} |");
        Line("|---|" + string.Concat(Enumerable.Repeat("--:|--:|", scopes.Length)));
        foreach (var (index, value) in _imprint.Taxonomy.Values.Index())
        {
            WriteShareRow(Escape(value.Name), scopes.Select(scope => new Share(scope.Values[index].Texts, scope.Texts)));
        }

        if (scopes.Any(static scope => scope.Abstained > 0))
        {
            WriteShareRow("(abstained)", scopes.Select(static scope => new Share(scope.Abstained, scope.Texts)));
        }

        Line($"| Texts | {string.Join(" | ", scopes.Select(static scope => Invariant($"{scope.Texts:N0} |")))} |");
    }

    private void WriteShareRow(string name, IEnumerable<Share> shares) => Line(
        $"| {name} | {string.Join(" | ", shares.Select(share => $"{Percent(share)} | {ShareText.Range(WilsonInterval.Of(share, _level))}"))} |");

    private void WriteStances()
    {
        Line();
        Line("## Stance");
        Line();
        Line("How the texts treat the value at stake.");
        Line();
        Line("| Value | Scope | upheld | violated | neutral |");
        Line("|---|---|--:|--:|--:|");
        foreach (var row in ImprintTable.Of(_imprint, _level).Rows.Where(static row => row.Value is not null && row.Share.Count > 0))
        {
            Line(Invariant($"| {Escape(row.Name)} | {row.Scope.Name()} | {row.Upholds:N0} | {row.Violates:N0} | {row.Neutral:N0} |"));
        }
    }

    private void WriteContrast()
    {
        var contrast = PreferenceContrast.Of(_imprint, _level);
        Line();
        Line("## What the preference rewards");
        Line();
        Line(Invariant($"Chosen against rejected over {contrast.Pairs:N0} pairs; p by the exact McNemar test, adjusted for the number of values."));
        Line();
        Line($"| Value | rejected | chosen | difference | {_level} interval | p |");
        Line("|---|--:|--:|--:|--:|--:|");
        foreach (var value in contrast.Values)
        {
            var (rejected, chosen) = (new Share(value.Counts.Rejected, value.Pairs), new Share(value.Counts.Chosen, value.Pairs));
            Line($"| {Escape(value.Value.Name)} | {ShareText.Percent(rejected.Value)} | {ShareText.Percent(chosen.Value)} "
                + $"| {ShareText.Points(value.Difference.Value)} | {ShareText.PointRange(value.Difference.Interval)} "
                + $"| {ShareText.Probability(value.AdjustedPValue)} |");
        }
    }

    private void WriteRows()
    {
        var rows = _imprint.Rows;
        Line();
        Line("## Rows");
        Line();
        Line("| read | classified | rejected | duplicates | texts | truncated |");
        Line("|--:|--:|--:|--:|--:|--:|");
        Line(Invariant($"| {rows.Read:N0} | {rows.Classified:N0} | {rows.Rejected:N0} | {rows.Duplicates:N0} | {_imprint.Texts:N0} ")
            + Invariant($"| {_imprint.Scopes.Sum(static scope => scope.Truncated):N0} |"));
        if (rows.NearDuplicates > 0)
        {
            Line();
            Line(Invariant($"- {rows.NearDuplicates:N0} left out as near-duplicates"));
        }

        foreach (var (reason, count) in rows.RejectedByReason)
        {
            Line();
            var places = rows.RejectedPlaces.Where(place => place.Reason == reason)
                .Select(static place => Escape(new SourcePosition(place.File, (int)Math.Min(place.Line, int.MaxValue)).ToString()));
            Line(Invariant($"- {count:N0} rejected as {reason}, such as {string.Join(", ", places.DefaultIfEmpty("(none named)"))}"));
        }
    }

    private void WriteProvenance()
    {
        var model = _imprint.Model;
        Line();
        Line("## Provenance");
        Line();
        Line(Invariant($"- Model: {Escape($"{model.Name} {model.Version}".TrimEnd())} ({Escape(model.Variant)}), content {Code(model.ContentHash)}"));
        Line($"- Taxonomy: {Escape(_imprint.Taxonomy.ToString())}, content {Code(_imprint.Taxonomy.ContentHash)}");
        Line($"- Imprint: content `{ImprintWriter.ContentHash(_imprint)}`");
        if (ReportText.UnitsOf(_imprint) is { } covered)
        {
            Line($"- Rows: {covered}");
        }

        foreach (var file in _imprint.Files)
        {
            Line(Invariant($"- File: {Escape(file.Name)}, {file.Rows:N0} rows, {file.Bytes:N0} bytes, SHA-256 {Code(file.Sha256)}"));
        }
    }

    private static string Percent(Share share) =>
        share.Total == 0 ? "–" : Invariant($"{ShareText.Percent(share.Value)} ({share.Count:N0})");

    private void Line(string text = "") => _writer.Write(text + "\n");
}
