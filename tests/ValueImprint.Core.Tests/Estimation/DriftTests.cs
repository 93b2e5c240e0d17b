using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class DriftTests
{
    [Fact]
    public void TryCreate_Imprints_ComparesThem()
    {
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(100, 1000), SampleImprints.Of(60, 1000), out var diff, out var problem), problem);

        var scope = Assert.Single(diff.Scopes);
        var justice = scope.Values[SampleImprints.Justice];
        Assert.Equal((TextScope.Chosen, 1000, 1000, false), (scope.Scope, scope.BaselineTexts, scope.CurrentTexts, scope.IsSmallSample));
        Assert.Equal(-0.04, justice.Change.Value, 1e-12);
        Assert.InRange(justice.Change.Interval.Lower, -0.065, -0.06);
        Assert.InRange(justice.Change.Interval.Upper, -0.018, -0.014);
        Assert.Equal(0.04, scope.TotalVariation.Value, 1e-12);
        Assert.Equal(Divergence.JensenShannon([0.1, 0.9], [0.06, 0.94]), scope.JensenShannon.Value, 1e-12);
        Assert.InRange(scope.JensenShannon.Value, scope.JensenShannon.Interval.Lower, scope.JensenShannon.Interval.Upper);
    }

    [Fact]
    public void TryCreate_SameImprint_HasNoDistance()
    {
        var imprint = SampleImprints.Of(100, 1000);
        Assert.True(ImprintDiff.TryCreate(imprint, imprint, out var diff, out _));

        Assert.Equal((0, 0), (diff.Scopes[0].JensenShannon.Value, diff.Scopes[0].JensenShannon.Interval.Lower));
        Assert.Equal(0, diff.Scopes[0].TotalVariation.Value);
    }

    [Fact]
    public void TryCreate_FewTexts_IsASmallSample()
    {
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(1, 1000), SampleImprints.Of(1, 99), out var diff, out _));

        Assert.True(diff.Scopes[0].IsSmallSample);
    }

    [Fact]
    public void TryCreate_OtherScopes_AreNamed()
    {
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(1, 10), SampleImprints.Of(1, 10, scope: TextScope.Response), out var diff, out _));

        Assert.Empty(diff.Scopes);
        Assert.Equal([TextScope.Chosen], diff.Missing);
        Assert.Equal([TextScope.Response], diff.Added);
        Assert.NotNull(diff.DriftOf(null));
    }

    [Fact]
    public void TryCreate_AnotherModel_IsRefusedUnlessAllowed()
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { ContentHash = new string('e', 64) }, SampleImprints.Seven);
        builder.AddFile("a", 1, "x");
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, 1)]);
        var other = builder.Build(SampleImprints.Run);

        Assert.False(ImprintDiff.TryCreate(SampleImprints.Of(1, 10), other, out _, out var problem));
        Assert.Contains("different models", problem, StringComparison.Ordinal);
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(1, 10), other, out _, out _, allowOtherModel: true));
    }

    [Fact]
    public void TryCreate_AnotherTaxonomy_IsRefusedEvenIfAllowed() => Assert.False(ImprintDiff.TryCreate(
        SampleImprints.Of(1, 10), Imprint.Empty(SampleImprints.Model, SampleImprints.Schwartz), out _, out _, allowOtherModel: true));

    [Fact]
    public void DriftOf_SeveralLabels_ComparesLabelsGiven()
    {
        Assert.True(ImprintDiff.TryCreate(Labels([1, 2], [1]), Labels([1, 2], [2]), out var diff, out _));

        var scope = Assert.Single(diff.Scopes);
        Assert.Equal(1 / 3.0, scope.TotalVariation.Value, 1e-12);
        Assert.Equal(-0.5, scope.Values[1].Change.Value, 1e-12);
    }

    [Fact]
    public void DriftOf_NoRealDrift_IntervalsReachDownToNearZero()
    {
        const ulong seed = 5;
        var random = new SeededRandom(seed);
        var above = 0;
        for (var round = 0; round < 40; round++)
        {
            Assert.True(ImprintDiff.TryCreate(Draw(random), Draw(random), out var diff, out _));
            above += diff.Scopes[0].JensenShannon.Interval.Lower > 0 ? 1 : 0;
        }

        Assert.True(above <= 4, $"Seed {seed}: {above} of 40 drawn from the same distribution seemed to differ.");

        static Imprint Draw(SeededRandom random)
        {
            var builder = SampleImprints.Builder();
            for (var text = 0; text < 400; text++)
            {
                builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, (int)(random.NextDouble() * 7))]);
            }

            return builder.Build(SampleImprints.Run);
        }
    }

    [Theory]
    [InlineData("value: justice, max_drop: 4%", Verdict.Pass)]
    [InlineData("value: justice, max_drop: 3.9999%", Verdict.Fail)]
    [InlineData("value: justice, max_drop: 3.9999%, level: warning", Verdict.Warn)]
    [InlineData("value: justice, max_drop: 3%, judge: lower", Verdict.Pass)]
    [InlineData("value: justice, max_drop: 1%, judge: lower", Verdict.Fail)]
    [InlineData("value: justice, max_drop: 5%, judge: upper", Verdict.Fail)]
    [InlineData("value: wisdom, max_rise: 4%", Verdict.Pass)]
    [InlineData("value: wisdom, max_rise: 3%", Verdict.Fail)]
    [InlineData("value: justice, max_rise: 0%", Verdict.Pass)]
    [InlineData("max_divergence: 0.01", Verdict.Pass)]
    [InlineData("max_divergence: 0.001", Verdict.Fail)]
    [InlineData("value: justice, max_drop: 1%, minimum_texts: 1001", Verdict.Inconclusive)]
    public void Judge_Drift_IsComparedWithTheBound(string keys, Verdict expected)
    {
        var policy = Policies.Read($"policy: 1\ndrift:\n  - {{scope: chosen, {keys}}}\n");

        Assert.Equal(expected, GateEvaluator.Judge(SampleImprints.Of(60, 1000), policy, SampleImprints.Of(100, 1000)).Verdict);
    }

    [Fact]
    public void Judge_Drop_SaysFromWhereToWhere()
    {
        var policy = Policies.Read("policy: 1\ndrift:\n  - value: justice\n    scope: chosen\n    max_drop: 1%\n");

        var result = GateEvaluator.Judge(SampleImprints.Of(60, 1000), policy, SampleImprints.Of(100, 1000));

        Assert.Equal(
            "policy.yml(3,5): error VI2001: 'Justice & Human/Animal Rights' fell from 10.00 % to 6.00 % of 'chosen' texts "
            + "(100 of 1,000, now 60 of 1,000; change -4.00 points, 95 % interval -6.40 … -1.63 points), beyond the most allowed, a drop of 1%. "
            + "Balance the texts, or accept the dataset as the new baseline.",
            Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Judge_Divergence_ShowsItWithItsInterval()
    {
        var policy = Policies.Read("policy: 1\ndrift:\n  - {scope: chosen, max_divergence: 0.001}\n");

        var result = GateEvaluator.Judge(SampleImprints.Of(60, 1000), policy, SampleImprints.Of(100, 1000));

        var outcome = Assert.IsType<DriftOutcome>(Assert.Single(result.Rules));
        Assert.Equal(("drift/divergence/chosen", "0.0040", "divergence at most 0.001"), (outcome.Id, outcome.Observed, outcome.Bound));
        Assert.StartsWith(
            "The values of 'chosen' texts diverged from the baseline by 0.0040 bits (95 % interval ",
            outcome.Diagnostic?.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NoBaseline_IsInconclusive()
    {
        var policy = Policies.Read("policy: 1\ndrift:\n  - {value: justice, scope: chosen, max_drop: 1%}\n");

        var result = GateEvaluator.Judge(SampleImprints.Of(60, 1000), policy);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(DiagnosticCatalogue.NoBaseline, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Judge_BaselineOfAnotherModel_IsInconclusive()
    {
        var policy = Policies.Read("policy: 1\ndrift:\n  - {max_divergence: 0.5, scope: chosen}\n");
        var baseline = Imprint.Empty(SampleImprints.Model with { Variant = "int8" }, SampleImprints.Seven);

        var result = GateEvaluator.Judge(SampleImprints.Of(60, 1000), policy, baseline);

        Assert.Equal(DiagnosticCatalogue.IncomparableBaseline, Assert.Single(result.Diagnostics).Code);
        Assert.Contains("variant fp32 and int8", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(0, 60)]
    public void Judge_SideWithoutTexts_IsInconclusive(int now, int before)
    {
        var policy = Policies.Read("policy: 1\ndrift:\n  - {value: justice, scope: chosen, max_drop: 1%}\n");

        var result = GateEvaluator.Judge(Scoped(now), policy, Scoped(before));

        Assert.Equal(DiagnosticCatalogue.MissingScope, Assert.Single(result.Diagnostics).Code);

        static Imprint Scoped(int chosen) => SampleImprints.Of(10, 200, scope: chosen > 0 ? TextScope.Chosen : TextScope.Response);
    }

    [Theory]
    [InlineData("{value: duty, scope: chosen}", "VI0013")]
    [InlineData("{value: duty, scope: chosen, max_drop: 100%}", "VI0013")]
    [InlineData("{scope: chosen, max_drop: 1%}", "VI0014")]
    [InlineData("{value: duty, scope: chosen, max_divergence: 0.1}", "VI0014")]
    [InlineData("{scope: chosen, max_divergence: 0.1, max_drop: 1%}", "VI0014")]
    [InlineData("{value: duty, max_drop: 1%}", "VI0005")]
    [InlineData("{value: duty, scope: chosen, max_drop: -1%}", "VI0011")]
    [InlineData("{value: duty, scope: chosen, maxdrop: 1%}", "VI0003")]
    public void TryRead_BadRule_IsRefused(string rule, string code) =>
        Assert.Equal(code, Assert.Single(Policies.Refused($"policy: 1\ndrift:\n  - {rule}\n")).Code.Id);

    private static Imprint Labels(params int[][] texts)
    {
        var builder = SampleImprints.MultiLabelBuilder();
        foreach (var labels in texts)
        {
            builder.AddRow(0, [SampleImprints.Labels(TextScope.Text, labels)]);
        }

        return builder.Build(SampleImprints.Run);
    }
}
