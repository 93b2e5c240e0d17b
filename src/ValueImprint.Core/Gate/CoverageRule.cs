using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Gate;

/// <summary>The share of a scope's texts that must have a value, or one of a group.</summary>
public sealed record CoverageRule
{
    internal CoverageRule()
    {
    }

    /// <summary>What it is about.</summary>
    public required RuleTarget Target { get; init; }

    /// <summary>Whose texts; <see langword="null"/>: all scopes together.</summary>
    public required TextScope? Scope { get; init; }

    /// <summary>Only texts with this stance count as having the value; <see langword="null"/>: whatever the stance.</summary>
    public Stance? Stance { get; init; }

    /// <summary>Least share; <see langword="null"/>: none.</summary>
    public ShareBound? Minimum { get; init; }

    /// <summary>Greatest share; <see langword="null"/>: none.</summary>
    public ShareBound? Maximum { get; init; }

    /// <summary>Fewest texts of the scope that it is judged on; from 1.</summary>
    public long MinimumTexts { get; init; } = 1;

    /// <summary>Which number the bounds are compared with.</summary>
    public JudgedOn Judge { get; init; }

    /// <summary>Which estimate of the share is judged.</summary>
    public EstimateKind Estimate { get; init; }

    /// <summary>What it says where the bound lies within the interval.</summary>
    public OnStraddle OnStraddle { get; init; }

    /// <summary>How much it matters when broken.</summary>
    public RuleLevel Level { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourcePosition Position { get; init; }

    internal string IdOf(string target) => RuleWords.Id(
        "coverage", target, RuleWords.NameOf(Scope), Stance?.Name(), Judge, Level, Estimate == EstimateKind.Adjusted ? "adjusted" : null);

    /// <summary>Makes a rule from text, checked like a policy's.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="position">Where it stands, for messages.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="diagnostics">What is wrong with it.</param>
    public static bool TryCreate(
        CoverageRuleText text,
        SourcePosition position,
        [NotNullWhen(true)] out CoverageRule? rule,
        out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag(position.File ?? "");
        var fields = text.Fields().ToDictionary(static field => field.Key, field => new RuleField(field.Value, position));
        var read = CoverageRuleParser.Parse(new RuleFields(fields, position, CoverageRuleParser.What, isComplete: true, bag));
        return bag.Conclude(read, out rule, out diagnostics);
    }
}

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

/// <summary>What became of a coverage rule.</summary>
public sealed record CoverageOutcome : RuleOutcome
{
    /// <summary>The rule.</summary>
    public required CoverageRule Rule { get; init; }

    /// <summary>The values that it is about: one, or those of its group.</summary>
    public required IReadOnlyList<ValueName> Values { get; init; }

    /// <summary>Texts that count for the rule, of all texts of its scope.</summary>
    public required Share Share { get; init; }

    /// <summary>
    /// The share that was judged, in [0, 1]: the counted one, or the prevalence corrected for the model's errors, as the rule asks.
    /// NaN where there are no texts.
    /// </summary>
    public required double Estimate { get; init; }

    /// <summary>
    /// The interval of <see cref="Estimate"/>, at the policy's confidence; of an early decision, the range of shares that the
    /// dataset's share was settled to be in.
    /// </summary>
    public required Interval Interval { get; init; }

    /// <summary>Of an early decision: the rows that it took to settle this rule.</summary>
    public long? SettledAfter { get; init; }

    /// <summary>Which bound does not hold.</summary>
    public BrokenBound Broken { get; init; }

    /// <inheritdoc/>
    public override string Kind => "coverage";

    /// <inheritdoc/>
    public override string Name =>
        (Rule.Target.IsGroup ? $"group {Rule.Target.Name}" : Values[0].Name) + (Rule.Stance is { } stance ? $" ({stance.Name()})" : "");

    /// <inheritdoc/>
    public override string Scope => RuleWords.NameOf(Rule.Scope);

    /// <inheritdoc/>
    public override RuleLevel Level => Rule.Level;

    /// <inheritdoc/>
    public override SourcePosition Position => Rule.Position;

    /// <inheritdoc/>
    public override string Observed => Share.Total == 0
        ? "–"
        : FormattableString.Invariant($"{ShareText.Percent(Estimate, BrokenAt)} ({Share.Count:N0})");

    private double BrokenAt => Broken switch
    {
        BrokenBound.Minimum => Rule.Minimum?.Value ?? double.NaN,
        BrokenBound.Maximum => Rule.Maximum?.Value ?? double.NaN,
        _ => double.NaN,
    };

    /// <inheritdoc/>
    public override string IntervalText => Share.Total == 0 ? "–" : ShareText.Range(Interval);

    /// <inheritdoc/>
    public override string Bound => RuleWords.Bounds(Rule.Minimum?.ToString(), Rule.Maximum?.ToString(), Rule.Judge);
}
