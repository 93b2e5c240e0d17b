using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class ContrastTests
{
    [Fact]
    public void Of_Pairs_ComparesTheSides()
    {
        var contrast = PreferenceContrast.Of(Pairs(chosenOnly: 12, rejectedOnly: 2, both: 6, neither: 80));

        var empathy = contrast.Values[SampleImprints.Empathy];
        Assert.Equal(100, contrast.Pairs);
        Assert.Equal(0.10, empathy.Difference.Value, 1e-12);
        Assert.Equal(0.012939453125, empathy.PValue, 1e-12);
        Assert.Equal(6, empathy.OddsRatio);
        Assert.True(empathy.Difference.Interval.Lower > 0);
        // Wisdom moved the other way, by the same pairs; the five other values never differ.
        Assert.Equal(-0.10, contrast.Values[SampleImprints.Wisdom].Difference.Value, 1e-12);
        Assert.Equal(0.012939453125 * 7 / 2, empathy.AdjustedPValue, 1e-12);
        Assert.Equal(1, contrast.Values[SampleImprints.Duty].AdjustedPValue);
        Assert.Equal(7, contrast.Upheld.Count);
    }

    [Fact]
    public void Of_NoPairs_IsEmpty() => Assert.Empty(PreferenceContrast.Of(SampleImprints.Of(1, 10)).Values);

    [Theory]
    [InlineData("minimum: 10%", Verdict.Pass)]
    [InlineData("minimum: 10.0001%", Verdict.Fail)]
    [InlineData("maximum: 10%", Verdict.Pass)]
    [InlineData("maximum: 9.9999%", Verdict.Fail)]
    [InlineData("minimum: -5%, level: warning", Verdict.Pass)]
    [InlineData("minimum: 50%, level: warning", Verdict.Warn)]
    [InlineData("minimum: 0%, judge: lower", Verdict.Pass)]
    [InlineData("minimum: 10%, judge: lower", Verdict.Fail)]
    [InlineData("minimum: 10%, judge: upper", Verdict.Pass)]
    [InlineData("minimum: 1%, minimum_pairs: 101", Verdict.Inconclusive)]
    public void Judge_Difference_IsComparedWithTheBound(string keys, Verdict expected)
    {
        var policy = Policies.Read($"policy: 1\ncontrast:\n  - {{value: empathy, {keys}}}\n");

        var result = GateEvaluator.Judge(Pairs(chosenOnly: 12, rejectedOnly: 2, both: 6, neither: 80), policy);

        Assert.Equal(expected, result.Verdict);
    }

    [Fact]
    public void Judge_BelowMinimum_SaysWhatThePreferenceRewards()
    {
        var policy = Policies.Read("policy: 1\ncontrast:\n  - value: empathy\n    minimum: 20%\n");

        var result = GateEvaluator.Judge(Pairs(chosenOnly: 12, rejectedOnly: 2, both: 6, neither: 80), policy);

        Assert.Equal(
            "policy.yml(3,5): error VI1004: 'Empathy/Helpfulness' is in 18.00 % of chosen and 8.00 % of rejected texts: +10.00 points over "
            + "100 pairs (95 % interval +2.63 … +18.00 points; exact McNemar p = 0.013), below the minimum of +20%. "
            + "Look at pairs whose rejected text alone has it.",
            Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Judge_Group_CountsMovesIntoAndOutOfIt()
    {
        var policy = Policies.Read("policy: 1\ngroups: {two: [empathy, wisdom]}\ncontrast:\n  - {group: two, maximum: 0%, minimum: 0%}\n");

        var result = GateEvaluator.Judge(Pairs(chosenOnly: 12, rejectedOnly: 2, both: 6, neither: 80), policy);

        var outcome = Assert.IsType<ContrastOutcome>(Assert.Single(result.Rules));
        Assert.Equal(new PairedCounts(100, 0, 0), outcome.Contrast?.Counts);
        Assert.Equal(Verdict.Pass, result.Verdict);
    }

    [Fact]
    public void Judge_Upheld_CountsUpholdingTextsOnly()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Duty), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty, Stance.Violates)]);
        var policy = Policies.Read("policy: 1\ncontrast:\n  - {value: duty, minimum: 99%}\n  - {value: duty, stance: upholds, minimum: 99%}\n");

        var result = GateEvaluator.Judge(builder.Build(SampleImprints.Run), policy);

        Assert.Equal([Verdict.Fail, Verdict.Pass], result.Rules.Select(static rule => rule.Verdict));
        Assert.Equal("contrast/duty/upholds", result.Rules[1].Id);
    }

    [Fact]
    public void Judge_NoPairs_IsInconclusive()
    {
        var policy = Policies.Read("policy: 1\ncontrast:\n  - {value: duty, maximum: 99%}\n");

        var result = GateEvaluator.Judge(SampleImprints.Of(1, 10), policy);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(DiagnosticCatalogue.NoPairs, Assert.Single(result.Diagnostics).Code);
    }

    [Theory]
    [InlineData("{value: duty, minimum: -100%}", "VI0013")]
    [InlineData("{value: duty, maximum: 100%}", "VI0013")]
    [InlineData("{value: duty}", "VI0013")]
    [InlineData("{value: duty, minimum: 2%, maximum: -2%}", "VI0012")]
    [InlineData("{value: duty, minimum: 2}", "VI0011")]
    [InlineData("{value: duty, minimum: --2%}", "VI0011")]
    [InlineData("{value: duty, minimum: 2%, stance: violates}", "VI0010")]
    [InlineData("{value: duty, minimum: 2%, scope: chosen}", "VI0003")]
    [InlineData("{minimum: 2%}", "VI0014")]
    public void TryRead_BadRule_IsRefused(string rule, string code) =>
        Assert.Equal(code, Assert.Single(Policies.Refused($"policy: 1\ncontrast:\n  - {rule}\n")).Code.Id);

    // Pairs in which Empathy is on either, both or neither side; Wisdom is on the others.
    private static Imprint Pairs(int chosenOnly, int rejectedOnly, int both, int neither)
    {
        var builder = SampleImprints.Builder();
        Add(chosenOnly, SampleImprints.Empathy, SampleImprints.Wisdom);
        Add(rejectedOnly, SampleImprints.Wisdom, SampleImprints.Empathy);
        Add(both, SampleImprints.Empathy, SampleImprints.Empathy);
        Add(neither, SampleImprints.Wisdom, SampleImprints.Wisdom);
        return builder.Build(SampleImprints.Run);

        void Add(int pairs, int chosen, int rejected)
        {
            for (var pair = 0; pair < pairs; pair++)
            {
                builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, chosen), SampleImprints.Text(TextScope.Rejected, rejected)]);
            }
        }
    }
}
