using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;

namespace ValueImprint.MSBuild.Surface;

/// <summary>
/// A <c>ValueImprintThreshold</c> item: a coverage rule in the project file, named after its value. It takes all keys of a coverage
/// rule; what is about more than one rule (groups, the interval, contrast, drift) is for policy files.
/// </summary>
internal static class DeclaredThresholds
{
    public const string ItemType = "ValueImprintThreshold";

    /// <summary>All metadata that the item takes.</summary>
    public static IReadOnlyList<string> Metadata { get; } =
        ["Scope", "Minimum", "Maximum", "MinimumTexts", "Stance", "Judge", "Estimate", "OnStraddle", "Level"];

    /// <summary>Reads the items as rules, with the parser of policy files; what is wrong with them goes into <paramref name="diagnostics"/>.</summary>
    public static IReadOnlyList<CoverageRule> Read(ITaskItem[]? items, string projectFile, List<Diagnostic> diagnostics)
    {
        var rules = new List<CoverageRule>();
        foreach (var item in items ?? [])
        {
            var metadata = new ItemMetadata(item, ItemType, Metadata, projectFile, diagnostics);
            var text = new CoverageRuleText
            {
                Value = item.ItemSpec,
                Scope = metadata.Text("Scope"),
                Minimum = metadata.Text("Minimum"),
                Maximum = metadata.Text("Maximum"),
                MinimumTexts = metadata.Text("MinimumTexts"),
                Stance = metadata.Text("Stance"),
                Judge = metadata.Text("Judge"),
                Estimate = metadata.Text("Estimate"),
                OnStraddle = metadata.Text("OnStraddle"),
                Level = metadata.Text("Level"),
            };
            if (CoverageRule.TryCreate(text, metadata.Position, out var rule, out var problems))
            {
                rules.Add(rule);
            }

            diagnostics.AddRange(problems);
        }

        return rules;
    }
}
