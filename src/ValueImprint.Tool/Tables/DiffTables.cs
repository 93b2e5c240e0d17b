using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tables;

/// <summary>How two imprints differ, for a person: a table for each scope, what moved most on top.</summary>
internal sealed class DiffTables
{
    private readonly ImprintDiff _diff;
    private readonly TerminalTraits _traits;
    private readonly Glyphs _glyphs;
    private readonly Ink _ink;

    private DiffTables(ImprintDiff diff, TerminalTraits traits) =>
        (_diff, _traits, _glyphs, _ink) = (diff, traits, Glyphs.For(traits), new Ink(traits.HasColor));

    /// <summary>Writes all tables.</summary>
    public static void Write(ImprintDiff diff, TextWriter output, TerminalTraits traits) => new DiffTables(diff, traits).Write(output);

    private void Write(TextWriter output)
    {
        if (_diff.Caution is { } caution)
        {
            foreach (var line in TextWrap.Lines($"What moved may be the model's doing. {caution}", _traits.Width - 2))
            {
                output.WriteLine($"  {_ink.Paint(line, Tint.Doubtful)}");
            }

            output.WriteLine();
        }

        foreach (var scope in _diff.Scopes)
        {
            Write(scope, output);
        }

        WriteScopes("Only the baseline has texts of", _diff.Missing, output);
        WriteScopes("Only the current dataset has texts of", _diff.Added, output);
        output.WriteLine($"  {_ink.Paint($"Baseline  {Origin(_diff.Baseline)}", Tint.Faint)}");
        output.WriteLine($"  {_ink.Paint($"Current   {Origin(_diff.Current)}", Tint.Faint)}");
    }

    private void Write(ScopeDrift scope, TextWriter output)
    {
        output.WriteLine($"  {_ink.Paint(Core.Gate.RuleWords.NameOf(scope.Scope), Tint.Strong)} "
            + _ink.Paint($"{Counted.Of(scope.BaselineTexts, "text", "texts")} in the baseline, {ShareCells.Count(scope.CurrentTexts)} now", Tint.Faint));
        Table(scope).Write(output, _traits);
        output.WriteLine();
        output.WriteLine($"  Jensen-Shannon divergence  {Bits(scope.JensenShannon)} bits");
        output.WriteLine($"  Total variation            {Bits(scope.TotalVariation)}");
        if (scope.IsSmallSample)
        {
            output.WriteLine($"  {_ink.Paint("A small sample: read the intervals as rough.", Tint.Doubtful)}");
        }

        output.WriteLine();
    }

    private TextTable Table(ScopeDrift scope)
    {
        var table = new TextTable(
            new Column("Value", Wraps: true),
            new Column("Baseline", IsRight: true),
            new Column("Now", IsRight: true),
            new Column("Points", IsRight: true),
            new Column($"{_diff.Level} interval", IsRight: true),
            new Column("Moved"));
        foreach (var value in scope.Values.OrderByDescending(static value => Math.Abs(value.Change.Value)))
        {
            table.Add(
                value.Value.Name,
                ShareText.Percent(value.Baseline.Value),
                ShareText.Percent(value.Current.Value),
                new Cell(ShareText.Difference(value.Change.Value), Tint.Strong),
                $"{ShareText.Difference(value.Change.Interval.Lower)} to {ShareText.Difference(value.Change.Interval.Upper)}",
                Moved(value.Change.Interval));
        }

        return table;
    }

    private void WriteScopes(string what, IReadOnlyList<TextScope> scopes, TextWriter output)
    {
        if (scopes.Count > 0)
        {
            output.WriteLine($"  {_ink.Paint($"{what} {string.Join(", ", scopes.Select(static scope => scope.Name()))}.", Tint.Doubtful)}");
            output.WriteLine();
        }
    }

    private string Bits(Estimate estimate) =>
        $"{ShareText.Bits(estimate.Value)} ({ShareText.Bits(estimate.Interval.Lower)}{_glyphs.Range}{ShareText.Bits(estimate.Interval.Upper)})";

    private string Origin(Imprint imprint) =>
        $"{ImprintProvenance.Files(imprint)} {_glyphs.Separator} {Counted.Of(imprint.Rows.Read, "row", "rows")} {_glyphs.Separator} {HashText.Start(ImprintWriter.ContentHash(imprint))}";

    // An interval without 0 is what chance does not explain.
    private static Cell Moved(Interval change) =>
        change.Lower > 0 ? new Cell("up", Tint.Doubtful) : change.Upper < 0 ? new Cell("down", Tint.Doubtful) : "";
}
