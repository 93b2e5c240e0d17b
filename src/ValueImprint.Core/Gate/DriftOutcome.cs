using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

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
