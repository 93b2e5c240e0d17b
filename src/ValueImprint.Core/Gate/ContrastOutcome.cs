using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate;

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
