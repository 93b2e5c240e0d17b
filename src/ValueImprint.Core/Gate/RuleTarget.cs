using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Gate;

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
