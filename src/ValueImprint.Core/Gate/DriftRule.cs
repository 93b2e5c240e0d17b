using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>
/// How far a scope may move from the baseline: the share of a value or group, or the distribution over all values.
/// </summary>
public sealed record DriftRule
{
    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["value", "group", "scope", "max_drop", "max_rise", "max_divergence", "minimum_texts", "judge", "level"];

    internal DriftRule()
    {
    }

    /// <summary>What it is about; <see langword="null"/>: the whole distribution, with <see cref="MaxDivergence"/>.</summary>
    public RuleTarget? Target { get; init; }

    /// <summary>Whose texts; <see langword="null"/>: all scopes together.</summary>
    public required TextScope? Scope { get; init; }

    /// <summary>Most that the share may fall, in shares: <c>1%</c> lets 5 % fall to 4 %.</summary>
    public ShareBound? MaxDrop { get; init; }

    /// <summary>Most that the share may rise.</summary>
    public ShareBound? MaxRise { get; init; }

    /// <summary>Greatest Jensen-Shannon divergence, in bits, from 0 to 1.</summary>
    public ShareBound? MaxDivergence { get; init; }

    /// <summary>Fewest texts of the scope on either side that it is judged on.</summary>
    public long MinimumTexts { get; init; } = ImprintDiff.SmallSample;

    /// <summary>Which number the bounds are compared with: the drop, rise or divergence, or an end of its interval.</summary>
    public JudgedOn Judge { get; init; }

    /// <summary>How much it matters when broken.</summary>
    public RuleLevel Level { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourcePosition Position { get; init; }

    internal string IdOf(string target) => RuleWords.Id("drift", target, RuleWords.NameOf(Scope), null, Judge, Level);
}

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

/// <summary>What became of a drift rule.</summary>
public sealed record DriftOutcome : RuleOutcome
{
    /// <summary>The rule.</summary>
    public required DriftRule Rule { get; init; }

    /// <summary>How the share moved; for a group, with the group's name as value. <see langword="null"/> for a rule on the divergence.</summary>
    public ValueDrift? Change { get; init; }

    /// <summary>The Jensen-Shannon divergence, in bits; <see langword="null"/> for a rule on a share.</summary>
    public Estimate? Divergence { get; init; }

    /// <summary>Display name of the value or group, or <c>all values</c>.</summary>
    public required string Target { get; init; }

    /// <inheritdoc/>
    public override string Kind => "drift";

    /// <inheritdoc/>
    public override string Name => Rule.Target is null ? "distribution of all values" : $"change of {Target}";

    /// <inheritdoc/>
    public override string Scope => RuleWords.NameOf(Rule.Scope);

    /// <inheritdoc/>
    public override RuleLevel Level => Rule.Level;

    /// <inheritdoc/>
    public override SourcePosition Position => Rule.Position;

    /// <inheritdoc/>
    public override string Observed => Divergence is { } divergence ? ShareText.Bits(divergence.Value)
        : Change is not null ? ShareText.Points(Change.Change.Value)
        : "–";

    /// <inheritdoc/>
    public override string IntervalText => Divergence is { } divergence
            ? $"{ShareText.Bits(divergence.Interval.Lower)} – {ShareText.Bits(divergence.Interval.Upper)}"
        : Change is not null ? ShareText.PointRange(Change.Change.Interval)
        : "–";

    /// <inheritdoc/>
    public override string Bound => string.Join(", ", new[]
    {
        Rule.MaxDrop is { } drop ? $"drop at most {drop}" : null,
        Rule.MaxRise is { } rise ? $"rise at most {rise}" : null,
        Rule.MaxDivergence is { } divergence ? $"divergence at most {divergence}" : null,
        Rule.Judge == JudgedOn.Point ? null : $"{Rule.Judge.Name()} end",
    }.Where(static part => part is not null));
}
