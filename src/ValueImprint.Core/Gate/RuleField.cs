using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Gate;

/// <summary>The text of one key of a rule, and its place.</summary>
internal readonly record struct RuleField(string Text, SourcePosition Position);
