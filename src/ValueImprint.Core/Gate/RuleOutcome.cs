using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Gate;

/// <summary>What became of one rule: the part that every kind of rule has, ready to be shown.</summary>
public abstract record RuleOutcome
{
    /// <summary>Names the rule in reports; the same in every run, whatever its bounds: <c>coverage/justice/chosen</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The policy's list that it stands in: <c>coverage</c>, <c>contrast</c> or <c>drift</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Display name of what it is about, such as <c>Justice &amp; Human/Animal Rights (upholds)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whose texts: a scope, <c>all</c>, or <c>pairs</c>.</summary>
    public abstract string Scope { get; }

    /// <summary>How much it matters when broken.</summary>
    public abstract RuleLevel Level { get; }

    /// <summary>Where it stands.</summary>
    public abstract SourcePosition Position { get; }

    /// <summary>What was found, such as <c>1.30 % (13)</c>.</summary>
    public abstract string Observed { get; }

    /// <summary>Its interval, such as <c>0.76 % – 2.21 %</c>; a dash where there is none.</summary>
    public abstract string IntervalText { get; }

    /// <summary>What was asked for, such as <c>at least 2%</c>.</summary>
    public abstract string Bound { get; }

    /// <summary>The rule's own verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What to tell a person; <see langword="null"/> where the rule holds.</summary>
    public Diagnostic? Diagnostic { get; init; }
}

/// <summary>Which bound of a rule does not hold.</summary>
public enum BrokenBound
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>The share is too small.</summary>
    Minimum,

    /// <summary>The share is too large.</summary>
    Maximum,
}

/// <summary>What a gate says, from best to worst.</summary>
public enum Verdict
{
    /// <summary>Every rule holds.</summary>
    Pass,

    /// <summary>Only rules of the level <c>warning</c> are broken.</summary>
    Warn,

    /// <summary>Some rule could not be judged, and none of the level <c>error</c> is broken. Not a pass.</summary>
    Inconclusive,

    /// <summary>A rule of the level <c>error</c> is broken.</summary>
    Fail,
}
