using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Gate;

/// <summary>Values that a policy takes together. A text counts once, however many of them it has.</summary>
/// <param name="Name">Such as <c>prosocial</c>.</param>
/// <param name="Values">Ids or display names, with their places; at least one.</param>
/// <param name="Position">Where the policy defines it.</param>
public sealed record ValueGroup(string Name, IReadOnlyList<RuleTarget> Values, SourcePosition Position);
