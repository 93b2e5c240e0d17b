using System.Globalization;
using System.Text.Json;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using static ValueImprint.Reports.Markdown.MarkdownText;

namespace ValueImprint.Reports.Card;

/// <summary>
/// A block for a dataset card, the <c>README.md</c> of a dataset on the Hugging Face hub: YAML front matter for programs, then a section
/// for people. Holds no dataset text. Lines end with a line feed.
/// </summary>
public sealed class DatasetCard
{
    private readonly Imprint _imprint;
    private readonly GateResult? _result;
    private readonly ConfidenceLevel _level;
    private readonly TextWriter _writer;

    private DatasetCard(Imprint imprint, GateResult? result, TextWriter writer) =>
        (_imprint, _result, _writer, _level) = (imprint, result, writer, result?.Policy.Interval ?? ConfidenceLevel.Default);

    /// <summary>Writes the block.</summary>
    /// <param name="imprint">What is shown.</param>
    /// <param name="result">What a gate said of it; <see langword="null"/>: nothing is said of a policy.</param>
    /// <param name="writer">Takes the block.</param>
    public static void Write(Imprint imprint, GateResult? result, TextWriter writer) => new DatasetCard(imprint, result, writer).Write();

    private void Write()
    {
        WriteFrontMatter();
        Line();
        Line("## Human values in this dataset");
        Line();
        Line($"{Escape(ReportText.LeadOf(_imprint))} Shares are a classifier's counts with {_level} intervals for sampling. {ModelErrors.InWords(_imprint)}");
        if (_imprint.Texts > 0)
        {
            WriteShares();
        }

        if (_imprint.Pairs.Pairs > 0)
        {
            WriteRewards(PreferenceContrast.Of(_imprint, _level));
        }

        if (_result is not null)
        {
            Line();
            Line($"**Gate: {_result.VerdictText}**, {_result.Rules.Count(static rule => rule.Verdict == Verdict.Pass)} of {_result.Rules.Count} rules hold.");
        }
    }

    // A JSON string is a YAML string, so nobody's name can end the front matter.
    private void WriteFrontMatter()
    {
        Line("---");
        Line("tags:");
        Line("- value-imprint");
        Line("value_imprint:");
        Line($"  content: {Quoted(ImprintWriter.ContentHash(_imprint))}");
        Line($"  model: {Quoted($"{_imprint.Model.Name} {_imprint.Model.Version}".TrimEnd())}");
        Line($"  model_content: {Quoted(_imprint.Model.ContentHash)}");
        Line($"  taxonomy: {Quoted(_imprint.Taxonomy.ToString())}");
        if (_result is not null)
        {
            Line($"  verdict: {Quoted(_result.VerdictText)}");
        }

        Line(_imprint.Texts == 0 ? "  scopes: []" : "  scopes:");
        foreach (var scope in _imprint.Scopes)
        {
            Line($"  - scope: {Quoted(scope.Scope.Name())}");
            Line(string.Create(CultureInfo.InvariantCulture, $"    texts: {scope.Texts}"));
            Line("    values:");
            foreach (var (index, counts) in scope.Values.Index())
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"      {Quoted(_imprint.Taxonomy.Values[index].Id)}: {counts.Texts}"));
            }
        }

        Line("---");
    }

    private void WriteShares()
    {
        ScopeCounts[] scopes = [.. _imprint.Scopes];
        Line();
        Line($"| Value | {string.Join(" | ", scopes.Select(static scope => scope.Scope.Name()))} |");
        Line("|---|" + string.Concat(Enumerable.Repeat("--:|", scopes.Length)));
        foreach (var (index, value) in _imprint.Taxonomy.Values.Index())
        {
            var shares = scopes.Select(scope => new Share(scope.Values[index].Texts, scope.Texts))
                .Select(share => $"{ShareText.Percent(share.Value)} ({ShareText.Range(WilsonInterval.Of(share, _level))})");
            Line($"| {Escape(value.Name)} | {string.Join(" | ", shares)} |");
        }
    }

    private void WriteRewards(PreferenceContrast contrast)
    {
        var clear = contrast.Values.Where(value => value.IsClear(_level)).OrderByDescending(static value => value.Difference.Value)
            .Select(static value => $"{Escape(value.Value.Name)} {ShareText.Difference(value.Difference.Value)}").ToList();
        var pairs = ReportText.Count(contrast.Pairs, "pair", "pairs");
        Line();
        Line(clear.Count == 0
            ? $"Over {pairs}, the preference rewards no value clearly."
            : $"What the preference rewards, chosen minus rejected over {pairs}, in percentage points: {string.Join(", ", clear)}.");
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private void Line(string text = "") => _writer.Write(text + "\n");
}
