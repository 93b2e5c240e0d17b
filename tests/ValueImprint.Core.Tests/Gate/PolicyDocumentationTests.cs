using System.Text.RegularExpressions;
using ValueImprint.Core.Gate;

namespace ValueImprint.Core.Tests.Gate;

public sealed partial class PolicyDocumentationTests
{
    private static readonly string _page = Snapshot.Read("src/ValueImprint.Core/Gate/README.md");

    [Fact]
    public void Page_Sample_IsAPolicyOfTheBuiltInTaxonomy()
    {
        var sample = SampleForm().Match(_page).Groups["sample"].Value;

        var policy = Policies.Read(sample);

        Assert.Empty(policy.Check(SampleImprints.Seven));
        Assert.Equal((3, 1, 2), (policy.Coverage.Count, policy.Contrast.Count, policy.Drift.Count));
    }

    [Fact]
    public void Page_Tables_ListEveryKeyInOrder()
    {
        Assert.Equal(CoverageRuleText.Keys, KeysOf("coverage"));
        Assert.Equal(ContrastRule.Keys, KeysOf("contrast"));
        Assert.Equal(DriftRule.Keys, KeysOf("drift"));
    }

    private static IEnumerable<string> KeysOf(string section)
    {
        var start = _page.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        var end = _page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return RowForm().Matches(_page[start..end]).Select(static row => row.Groups["key"].Value);
    }

    [GeneratedRegex("```yaml\n(?<sample>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SampleForm();

    [GeneratedRegex("^\\| `(?<key>[a-z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex RowForm();
}
