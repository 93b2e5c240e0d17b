using ValueImprint.Auditing;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Classifying;

/// <summary>What the model says of one text, for a person.</summary>
internal static class ClassificationTable
{
    private const int BarWidth = 24;

    public static void Write(TextOutcome outcome, ClassifierModel model, TextWriter output, TerminalTraits traits)
    {
        var glyphs = Glyphs.For(traits);
        var ink = new Ink(traits.HasColor);
        var values = model.Taxonomy.Values;
        output.WriteLine($"  {ink.Paint(Headline(outcome, values), Tint.Strong)}{ink.Paint(StanceText(outcome), Tint.Faint)}");
        output.WriteLine();
        var table = new TextTable(new Column("Value", Wraps: true), new Column("Score"), new Column("", IsRight: true));
        foreach (var value in outcome.ValuesByScore())
        {
            var score = outcome.Scores.Span[value];
            var tint = value == outcome.Top && !outcome.Abstained ? Tint.Strong : Tint.None;
            table.Add(new Cell(values[value].Name, tint), new Cell(glyphs.Bar(score, BarWidth), Tint.Bar), new Cell(ShareText.Percent(score), tint));
        }

        table.Write(output, traits);
        output.WriteLine();
        output.WriteLine($"  {ink.Paint(Tokens(outcome, model, glyphs), Tint.Faint)}");
    }

    private static string Headline(TextOutcome outcome, IReadOnlyList<ValueName> values) => outcome.Abstained
        ? "no value: the model is not sure enough"
        : string.Join(", ", outcome.Values.ToArray().DefaultIfEmpty(outcome.Top).Select(value => values[value].Name));

    private static string StanceText(TextOutcome outcome) => outcome.Stance switch
    {
        Stance.Upholds => $", upheld (stance {ShareText.Percent(outcome.StanceScore)})",
        Stance.Violates => $", violated (stance {ShareText.Percent(outcome.StanceScore)})",
        Stance.Neutral => $", treated neutrally (stance {ShareText.Percent(outcome.StanceScore)})",
        _ => "",
    };

    private static string Tokens(TextOutcome outcome, ClassifierModel model, Glyphs glyphs)
    {
        var seen = outcome.KeptTokens < outcome.Tokens
            ? $"{ShareCells.Count(outcome.KeptTokens)} of {Counted.Of(outcome.Tokens, "token", "tokens")} seen"
            : Counted.Of(outcome.Tokens, "token", "tokens");
        return string.Join($" {glyphs.Separator} ", seen, $"{model.Facts.Name} {model.Facts.Version}".TrimEnd(), HashText.Start(model.Facts.ContentHash));
    }
}
