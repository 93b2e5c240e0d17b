using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Gate;

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
