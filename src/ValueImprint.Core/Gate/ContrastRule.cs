using ValueImprint.Core.Diagnostics;

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
