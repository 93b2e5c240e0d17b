using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>A coverage rule as text, from a policy's mapping or an MSBuild item; see the keys of the policy file.</summary>
public sealed record CoverageRuleText
{
    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["value", "group", "scope", "stance", "minimum", "maximum", "minimum_texts", "judge", "estimate", "on_straddle", "level"];

    /// <summary>Id or display name of a value; or else <see cref="Group"/>.</summary>
    public string? Value { get; init; }

    /// <summary>Name of a group; or else <see cref="Value"/>.</summary>
    public string? Group { get; init; }

    /// <summary>One of <see cref="RuleWords.Scopes"/>; required.</summary>
    public string? Scope { get; init; }

    /// <summary>One of <see cref="RuleWords.Stances"/>; unset: whatever the stance.</summary>
    public string? Stance { get; init; }

    /// <summary>See <see cref="ShareBound.Form"/>; this or <see cref="Maximum"/> or both.</summary>
    public string? Minimum { get; init; }

    /// <summary>See <see cref="ShareBound.Form"/>.</summary>
    public string? Maximum { get; init; }

    /// <summary>Fewest texts of the scope that the rule is judged on, from 1; unset: 1.</summary>
    public string? MinimumTexts { get; init; }

    /// <summary>One of <see cref="RuleWords.Judges"/>; unset: <c>point</c>.</summary>
    public string? Judge { get; init; }

    /// <summary>One of <see cref="RuleWords.Estimates"/>; unset: <c>counted</c>.</summary>
    public string? Estimate { get; init; }

    /// <summary>One of <see cref="RuleWords.OnStraddles"/>; unset: <c>judge</c>.</summary>
    public string? OnStraddle { get; init; }

    /// <summary>One of <see cref="RuleWords.Levels"/>; unset: <c>error</c>.</summary>
    public string? Level { get; init; }

    internal IEnumerable<KeyValuePair<string, string>> Fields()
    {
        string?[] contents = [Value, Group, Scope, Stance, Minimum, Maximum, MinimumTexts, Judge, Estimate, OnStraddle, Level];
        return Keys.Zip(contents).Where(static field => field.Second is not null)
            .Select(static field => KeyValuePair.Create(field.First, field.Second!)); // Not null: the line above.
    }
}
