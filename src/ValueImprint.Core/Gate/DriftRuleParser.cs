using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate;

/// <summary>Reads a drift rule.</summary>
internal static class DriftRuleParser
{
    public const string What = "a drift rule";

    /// <summary>The rule; <see langword="null"/>, with diagnostics reported, where it can't be one.</summary>
    public static DriftRule? Parse(RuleFields fields)
    {
        fields.RequireOneOf("max_drop", "max_rise", "max_divergence");
        var isDivergence = fields.Has("max_divergence");
        if (isDivergence && (fields.Has("value") || fields.Has("group") || fields.Has("max_drop") || fields.Has("max_rise")))
        {
            fields.Error(
                DiagnosticCatalogue.AmbiguousRule,
                "max_divergence",
                "'max_divergence' is about all values of a scope together: put it into a rule without 'value', 'group', 'max_drop' and 'max_rise'.");
        }

        var rule = new DriftRule
        {
            Target = isDivergence ? null : fields.Target(),
            Scope = fields.Scope(),
            MaxDrop = ParseBound(fields, "max_drop"),
            MaxRise = ParseBound(fields, "max_rise"),
            MaxDivergence = ParseBound(fields, "max_divergence"),
            MinimumTexts = fields.Count("minimum_texts", unset: ImprintDiff.SmallSample),
            Judge = fields.Judge(),
            Level = fields.Level(),
            Position = fields.Position,
        };
        return fields.HasErrors ? null : rule;
    }

    private static ShareBound? ParseBound(RuleFields fields, string key)
    {
        var bound = fields.Share(key);
        if (bound is { IsOne: true })
        {
            fields.WithoutEffect(key, $"A {key} of 100 % always holds. Give a smaller one, or remove it.");
        }

        return bound;
    }
}
