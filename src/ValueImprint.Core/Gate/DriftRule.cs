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
