using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate;

/// <summary>
/// By how much the share of chosen texts with a value must exceed that of the rejected ones, over the same pairs: what the preference
/// must, or must not, reward.
/// </summary>
public sealed record ContrastRule
{
    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["value", "group", "stance", "minimum", "maximum", "minimum_pairs", "judge", "level"];

    internal ContrastRule()
    {
    }

    /// <summary>What it is about.</summary>
    public required RuleTarget Target { get; init; }

    /// <summary>Only texts that uphold the value count as having it.</summary>
    public bool IsUpheld { get; init; }

    /// <summary>Least difference, chosen minus rejected; <see langword="null"/>: none.</summary>
    public DifferenceBound? Minimum { get; init; }

    /// <summary>Greatest difference; <see langword="null"/>: none.</summary>
    public DifferenceBound? Maximum { get; init; }

    /// <summary>Fewest pairs that it is judged on; from 1.</summary>
    public long MinimumPairs { get; init; } = 1;

    /// <summary>Which number the bounds are compared with.</summary>
    public JudgedOn Judge { get; init; }

    /// <summary>How much it matters when broken.</summary>
    public RuleLevel Level { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourcePosition Position { get; init; }

    internal string IdOf(string target) => RuleWords.Id("contrast", target, IsUpheld ? "upholds" : null, null, Judge, Level);
}

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

/// <summary>What became of a contrast rule.</summary>
public sealed record ContrastOutcome : RuleOutcome
{
    /// <summary>The rule.</summary>
    public required ContrastRule Rule { get; init; }

    /// <summary>What was found; for a group, with the group's name as value. <see langword="null"/> where it could not be judged.</summary>
    public ValueContrast? Contrast { get; init; }

    /// <summary>Display name of the value or group, without the stance.</summary>
    public required string Target { get; init; }

    /// <summary>Which bound does not hold.</summary>
    public BrokenBound Broken { get; init; }

    /// <inheritdoc/>
    public override string Kind => "contrast";

    /// <inheritdoc/>
    public override string Name => Target + (Rule.IsUpheld ? " (upholds)" : "");

    /// <inheritdoc/>
    public override string Scope => "pairs";

    /// <inheritdoc/>
    public override RuleLevel Level => Rule.Level;

    /// <inheritdoc/>
    public override SourcePosition Position => Rule.Position;

    /// <inheritdoc/>
    public override string Observed => Contrast is null ? "–" : ShareText.Points(Contrast.Difference.Value);

    /// <inheritdoc/>
    public override string IntervalText => Contrast is null ? "–" : ShareText.PointRange(Contrast.Difference.Interval);

    /// <inheritdoc/>
    public override string Bound => RuleWords.Bounds(Rule.Minimum?.ToString(), Rule.Maximum?.ToString(), Rule.Judge);
}
