using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Gate;

/// <summary>Reads a contrast rule.</summary>
internal static class ContrastRuleParser
{
    public const string What = "a contrast rule";

    /// <summary>The rule; <see langword="null"/>, with diagnostics reported, where it can't be one.</summary>
    public static ContrastRule? Parse(RuleFields fields)
    {
        var target = fields.Target();
        if (fields.Has("stance"))
        {
            // Pairs are counted by upholding texts alone; the list of one word gives the message.
            fields.Word("stance", ["upholds"]);
        }

        var (minimum, maximum) = (fields.Difference("minimum"), fields.Difference("maximum"));
        CheckBounds(fields, minimum, maximum);
        var rule = new ContrastRule
        {
            Target = target,
            IsUpheld = fields.Has("stance"),
            Minimum = minimum,
            Maximum = maximum,
            MinimumPairs = fields.Count("minimum_pairs", unset: 1),
            Judge = fields.Judge(),
            Level = fields.Level(),
            Position = fields.Position,
        };
        return fields.HasErrors ? null : rule;
    }

    private static void CheckBounds(RuleFields fields, DifferenceBound? minimum, DifferenceBound? maximum)
    {
        fields.RequireOneOf("minimum", "maximum");
        if (minimum is { IsLeast: true })
        {
            fields.WithoutEffect("minimum", "A minimum of -100 % always holds. Give a greater one, or remove it.");
        }

        if (maximum is { IsGreatest: true })
        {
            fields.WithoutEffect("maximum", "A maximum of 100 % always holds. Give a smaller one, or remove it.");
        }

        if (minimum is { } least && maximum is { } most && least.CompareTo(most) > 0)
        {
            fields.Error(
                DiagnosticCatalogue.ContradictoryBounds,
                "minimum",
                $"The minimum {least} is above the maximum {most}, so no dataset could pass.");
        }
    }
}
