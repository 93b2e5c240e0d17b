using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.V1;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Classifying;

/// <summary>What the model says of one text, for a person.</summary>
internal static class ClassificationTable
{
    private const int BarWidth = 24;

    public static void Write(Classification classification, Model model, TextWriter output, TerminalTraits traits)
    {
        var glyphs = Glyphs.For(traits);
        var ink = new Ink(traits.HasColor);
        var names = model.Taxonomy.Values.ToDictionary(static value => value.Id, static value => value.Name);
        output.WriteLine($"  {ink.Paint(Headline(classification, names), Tint.Strong)}{ink.Paint(StanceText(classification), Tint.Faint)}");
        output.WriteLine();
        var table = new TextTable(new Column("Value", Wraps: true), new Column("Score"), new Column("", IsRight: true));
        foreach (var score in classification.Scores)
        {
            var tint = score.Value == classification.Value ? Tint.Strong : Tint.None;
            table.Add(
                new Cell(names.GetValueOrDefault(score.Value, score.Value), tint),
                new Cell(glyphs.Bar(score.Score, BarWidth), Tint.Bar),
                new Cell(ShareText.Percent(score.Score), tint));
        }

        table.Write(output, traits);
        output.WriteLine();
        output.WriteLine($"  {ink.Paint(Tokens(classification, model, glyphs), Tint.Faint)}");
    }

    private static string Headline(Classification classification, Dictionary<string, string> names) => classification.Abstained
        ? "no value: the model is not sure enough"
        : string.Join(", ", classification.Values.DefaultIfEmpty(classification.Value).Select(value => names.GetValueOrDefault(value, value)));

    private static string StanceText(Classification classification) => classification.Stance switch
    {
        Stance.Upholds => $", upheld ({ShareText.Percent(classification.StanceScore)})",
        Stance.Violates => $", violated ({ShareText.Percent(classification.StanceScore)})",
        Stance.Neutral => $", treated neutrally ({ShareText.Percent(classification.StanceScore)})",
        _ => "",
    };

    private static string Tokens(Classification classification, Model model, Glyphs glyphs)
    {
        var seen = classification.KeptTokens < classification.Tokens
            ? $"{ShareCells.Count(classification.KeptTokens)} of {Counted.Of(classification.Tokens, "token", "tokens")} seen"
            : Counted.Of(classification.Tokens, "token", "tokens");
        return string.Join($" {glyphs.Separator} ", seen, $"{model.Name} {model.Version}".TrimEnd(), HashText.Start(model.ContentHash));
    }
}
