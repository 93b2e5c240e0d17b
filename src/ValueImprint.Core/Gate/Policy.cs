using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Gate;

/// <summary>What a dataset must show. Immutable; whether its values exist is known once a taxonomy is: <see cref="Check"/>.</summary>
public sealed record Policy
{
    /// <summary>The version of the policy file's schema that this library reads.</summary>
    public const int SchemaVersion = 1;

    internal Policy()
    {
    }

    /// <summary>Name of the file that it was read from; empty for one made in code.</summary>
    public string Source { get; init; } = "";

    /// <summary>Id of the taxonomy that it was written for; <see langword="null"/>: any that has its values.</summary>
    public RuleTarget? Taxonomy { get; init; }

    /// <summary>Confidence of the intervals; 95 % unless set.</summary>
    public ConfidenceLevel Interval { get; init; } = ConfidenceLevel.Default;

    /// <summary>Values taken together.</summary>
    public IReadOnlyList<ValueGroup> Groups { get; init; } = [];

    /// <summary>Rules on the shares of values.</summary>
    public IReadOnlyList<CoverageRule> Coverage { get; init; } = [];

    /// <summary>Rules on what the preference of pairs rewards.</summary>
    public IReadOnlyList<ContrastRule> Contrast { get; init; } = [];

    /// <summary>Rules on the distance from a baseline; with any, a gate needs one.</summary>
    public IReadOnlyList<DriftRule> Drift { get; init; } = [];

    /// <summary>Reads a policy file, YAML or JSON, by a strict schema: nothing unknown is ignored.</summary>
    /// <param name="stream">UTF-8, with or without a byte-order mark; left open.</param>
    /// <param name="sourceName">The file's name, for messages.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="diagnostics">What is wrong with it, in the order of the file.</param>
    public static bool TryRead(
        Stream stream, string sourceName, [NotNullWhen(true)] out Policy? policy, out IReadOnlyList<Diagnostic> diagnostics)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return new PolicyReader(sourceName).TryRead(reader, out policy, out diagnostics);
    }

    /// <summary>A policy of rules made in code.</summary>
    public static Policy Of(params IReadOnlyList<CoverageRule> coverage) => new() { Coverage = coverage };

    /// <summary>This policy with further rules, such as those of MSBuild items.</summary>
    public Policy With(IEnumerable<CoverageRule> coverage) => this with { Coverage = [.. Coverage, .. coverage] };

    /// <summary>
    /// What of the policy makes no sense with a taxonomy: another one asked for, unknown values and groups, no rules, two rules
    /// about the same. Cheap: check before a long audit.
    /// </summary>
    public IReadOnlyList<Diagnostic> Check(TaxonomyIdentity taxonomy) => new PolicyBinding(this, taxonomy).Diagnostics;
}

/// <summary>What a rule is about: a value, by id or display name, or a group of the policy.</summary>
/// <param name="Name">As the rule names it.</param>
/// <param name="IsGroup">A group's name, not a value's.</param>
/// <param name="Position">Where the rule names it.</param>
public readonly record struct RuleTarget(string Name, bool IsGroup, SourcePosition Position)
{
    /// <summary>The target in a rule's name: the id of a value, or <c>group:</c> and the group's name.</summary>
    internal string InRuleId(Taxonomy.TaxonomyIdentity taxonomy) =>
        IsGroup ? $"group:{Name}" : taxonomy.TryFind(Name, out var index) ? taxonomy.Values[index].Id : Name;
}

/// <summary>Values that a policy takes together. A text counts once, however many of them it has.</summary>
/// <param name="Name">Such as <c>prosocial</c>.</param>
/// <param name="Values">Ids or display names, with their places; at least one.</param>
/// <param name="Position">Where the policy defines it.</param>
public sealed record ValueGroup(string Name, IReadOnlyList<RuleTarget> Values, SourcePosition Position);
