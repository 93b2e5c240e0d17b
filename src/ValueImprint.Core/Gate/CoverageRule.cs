using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

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
