using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>Reads a coverage rule.</summary>
internal static class CoverageRuleParser
{
    public const string What = "a coverage rule";

    /// <summary>The rule; <see langword="null"/>, with diagnostics reported, where it can't be one.</summary>
    public static CoverageRule? Parse(RuleFields fields)
    {
        var target = fields.Target();
        var scope = fields.Scope();
        var (minimum, maximum) = (fields.Share("minimum"), fields.Share("maximum"));
        CheckBounds(fields, minimum, maximum);
        var rule = new CoverageRule
        {
            Target = target,
            Scope = scope,
            Stance = fields.Has("stance") ? (Stance)fields.Word("stance", RuleWords.Stances) : null,
            Minimum = minimum,
            Maximum = maximum,
            MinimumTexts = fields.Count("minimum_texts", unset: 1),
            Judge = fields.Judge(),
            Estimate = (EstimateKind)fields.Word("estimate", RuleWords.Estimates),
            OnStraddle = (OnStraddle)fields.Word("on_straddle", RuleWords.OnStraddles),
            Level = fields.Level(),
            Position = fields.Position,
        };
        if (rule.Estimate == EstimateKind.Adjusted && rule.Stance is not null)
        {
            fields.Error(
                DiagnosticCatalogue.AmbiguousRule,
                "estimate",
                "'estimate: adjusted' corrects for mistaken values, not for mistaken stances: use it without 'stance'.");
        }

        return fields.HasErrors ? null : rule;
    }

    private static void CheckBounds(RuleFields fields, ShareBound? minimum, ShareBound? maximum)
    {
        fields.RequireOneOf("minimum", "maximum");
        if (minimum is { IsZero: true })
        {
            fields.WithoutEffect("minimum", "A minimum of 0 % always holds. Give a greater one, or remove it.");
        }

        if (maximum is { IsOne: true })
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
