using System.Text;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Gate;

public sealed class GateTests
{
    [Theory]
    [InlineData(2, 100, "2%", Verdict.Pass)]
    [InlineData(1999, 100_000, "2%", Verdict.Fail)]
    [InlineData(2000, 100_000, "0.02", Verdict.Pass)]
    [InlineData(1, 3, "1/3", Verdict.Pass)]
    [InlineData(1, 3, "33.3333333333%", Verdict.Pass)]
    [InlineData(1, 3, "33.3333333334%", Verdict.Fail)]
    [InlineData(0, 1, "0.000000000001", Verdict.Fail)]
    [InlineData(1, 1, "100%", Verdict.Pass)]
    public void Judge_Minimum_ComparesExactly(long count, long total, string minimum, Verdict expected)
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(count, total), Policies.Coverage($"minimum: {minimum}"));

        Assert.Equal(expected, result.Verdict);
    }

    [Theory]
    [InlineData(2, 100, "2%", Verdict.Pass)]
    [InlineData(2001, 100_000, "2%", Verdict.Fail)]
    [InlineData(1, 1, "99.9%", Verdict.Fail)]
    [InlineData(0, 10, "0%", Verdict.Pass)]
    public void Judge_Maximum_ComparesExactly(long count, long total, string maximum, Verdict expected)
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(count, total), Policies.Coverage($"maximum: {maximum}"));

        Assert.Equal(expected, result.Verdict);
    }

    [Fact]
    public void Judge_BelowMinimum_SaysWhatWhereHowMuchAndWhatToDo()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(13, 1000), Policies.Coverage("minimum: 2%"));

        Assert.Equal(
            "policy.yml(4,5): error VI1001: 'Justice & Human/Animal Rights' is 1.30 % of 'chosen' texts "
            + "(13 of 1,000; 95 % interval 0.76 % to 2.21 %), below the minimum of 2%. 8 more such texts would reach it.",
            Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Judge_JustBelowMinimum_ShowsEnoughDigitsToSeeIt()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(1999, 100_000), Policies.Coverage("minimum: 2%"));

        Assert.Contains("is 1.999 % of", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_BrokenWarning_WarnsOnly()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(1, 100), Policies.Coverage("minimum: 2%\n    level: warning"));

        Assert.Equal(Verdict.Warn, result.Verdict);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(result.Diagnostics).Severity);
    }

    [Fact]
    public void Judge_LowerEndBelowMinimum_FailsWherePointPasses()
    {
        var imprint = SampleImprints.Of(25, 1000);

        Assert.Equal(Verdict.Pass, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 2%")).Verdict);
        Assert.Equal(Verdict.Fail, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 2%\n    judge: lower")).Verdict);
        Assert.Equal(Verdict.Pass, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 3%\n    judge: upper")).Verdict);
    }

    [Fact]
    public void Judge_NoRows_IsInconclusiveNeverPass()
    {
        var imprint = Imprint.Empty(SampleImprints.Model, SampleImprints.Seven);

        var result = GateEvaluator.Judge(imprint, Policies.Coverage("maximum: 50%"));

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(DiagnosticCatalogue.NothingToJudge, Assert.Single(result.Diagnostics).Code);
    }

    [Theory]
    [InlineData("maximum: 50%")]
    [InlineData("maximum: 50%\n    level: warning")]
    public void Judge_ScopeWithoutTexts_IsAnErrorWhateverTheLevel(string bound)
    {
        var imprint = SampleImprints.Of(1, 100, scope: TextScope.Response);

        var result = GateEvaluator.Judge(imprint, Policies.Coverage(bound));

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCatalogue.MissingScope, diagnostic.Code);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    [Fact]
    public void Judge_FewerThanMinimumTexts_IsInconclusive()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(10, 99), Policies.Coverage("minimum: 2%\n    minimum_texts: 100"));

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(DiagnosticCatalogue.TooFewTexts, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Judge_Group_AddsItsValuesUp()
    {
        var builder = SampleImprints.Builder();
        foreach (var value in new[] { SampleImprints.Justice, SampleImprints.Empathy, SampleImprints.Wisdom, SampleImprints.Wisdom })
        {
            builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, value)]);
        }

        var policy = Policies.Read(
            """
            policy: 1
            groups:
              kind: [justice, Empathy/Helpfulness]
            coverage:
              - group: kind
                scope: chosen
                minimum: 50%
            """);

        var outcome = Assert.IsType<CoverageOutcome>(Assert.Single(GateEvaluator.Judge(builder.Build(SampleImprints.Run), policy).Rules));

        Assert.Equal((2, 4, Verdict.Pass), (outcome.Share.Count, outcome.Share.Total, outcome.Verdict));
    }

    [Fact]
    public void Judge_AllScopes_AddsThemUp()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice), SampleImprints.Text(TextScope.Rejected, SampleImprints.Wisdom)]);

        var policy = Policies.Read("policy: 1\ncoverage:\n  - {value: justice, scope: all, minimum: 50%}");

        var outcome = Assert.IsType<CoverageOutcome>(Assert.Single(GateEvaluator.Judge(builder.Build(SampleImprints.Run), policy).Rules));
        Assert.Equal((1, 2, Verdict.Pass), (outcome.Share.Count, outcome.Share.Total, outcome.Verdict));
    }

    [Fact]
    public void Judge_Abstentions_StayInTheDenominator()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, null, score: 0.2f)]);

        var result = GateEvaluator.Judge(builder.Build(SampleImprints.Run), Policies.Coverage("minimum: 51%"));

        Assert.Equal(Verdict.Fail, result.Verdict);
    }

    [Fact]
    public void Judge_Stance_CountsOnlyTextsThatTakeIt()
    {
        var imprint = SampleImprints.Of(5, 10, stance: Stance.Violates);

        Assert.Equal(Verdict.Pass, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 50%")).Verdict);
        Assert.Equal(Verdict.Fail, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 50%\n    stance: upholds")).Verdict);
    }

    [Fact]
    public void Judge_StanceOfModelWithout_IsInconclusive()
    {
        var builder = SampleImprints.MultiLabelBuilder();
        builder.AddRow(0, [SampleImprints.Labels(TextScope.Text, 0)]);
        var policy = Policies.Read("policy: 1\ncoverage:\n  - {value: value-1, scope: text, minimum: 1%, stance: upholds}");

        var result = GateEvaluator.Judge(builder.Build(SampleImprints.Run), policy);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(DiagnosticCatalogue.NoStance, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Judge_UnknownValue_IsAUsageErrorWithTheNearestOne()
    {
        var policy = Policies.Read("policy: 1\ncoverage:\n  - value: justise\n    scope: chosen\n    minimum: 2%");

        var result = GateEvaluator.Judge(SampleImprints.Of(10, 10), policy);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.StartsWith(
            "policy.yml(3,12): error VI0008: Unknown value 'justise' in the taxonomy value-imprint 1.0. Did you mean 'justice'?",
            Assert.Single(result.Diagnostics).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_PolicyOfAnotherTaxonomy_IsAUsageError()
    {
        var policy = Policies.Read("policy: 1\ntaxonomy: schwartz\ncoverage:\n  - {value: justice, scope: chosen, minimum: 2%}");

        var result = GateEvaluator.Judge(SampleImprints.Of(10, 10), policy);

        Assert.Equal(DiagnosticCatalogue.TaxonomyMismatch, Assert.Single(result.Diagnostics).Code);
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
    }

    [Fact]
    public void Judge_NoRules_IsAUsageError()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(10, 10), Policy.Of());

        Assert.Equal(DiagnosticCatalogue.RuleWithoutEffect, Assert.Single(result.Diagnostics).Code);
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
    }

    [Fact]
    public void Judge_RuleOfTextInCode_IsJudgedLikeAPolicys()
    {
        var text = new CoverageRuleText { Value = "justice", Scope = "chosen", Minimum = "2%", Level = "warning" };
        Assert.True(CoverageRule.TryCreate(text, new SourcePosition("set.csproj", 12, 5), out var rule, out _));

        var result = GateEvaluator.Judge(SampleImprints.Of(1, 100), Policy.Of(rule));

        Assert.StartsWith("set.csproj(12,5): warning VI1001: ", Assert.Single(result.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TryCreate_UnknownLevel_NamesTheKnownOnes()
    {
        var text = new CoverageRuleText { Value = "justice", Scope = "chosen", Minimum = "2%", Level = "warn" };

        Assert.False(CoverageRule.TryCreate(text, new SourcePosition("set.csproj", 12), out _, out var diagnostics));

        Assert.StartsWith(
            "set.csproj(12): error VI0010: Unknown level 'warn'.", Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_FailureAndObstacle_Fails()
    {
        var policy = Policies.Read(
            "policy: 1\ncoverage:\n  - {value: justice, scope: chosen, minimum: 50%}\n  - {value: justice, scope: text, minimum: 50%}");

        var result = GateEvaluator.Judge(SampleImprints.Of(1, 10), policy);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Equal(2, result.Diagnostics.Count);
    }

    [Fact]
    public void TryRead_ByteOrderMarkAndWindowsLines_AreAccepted()
    {
        using var stream = new MemoryStream(
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("policy: 1\r\ncoverage:\r\n  - value: justice\r\n    scope: chosen\r\n    minimum: 2%\r\n")]);

        Assert.True(Policy.TryRead(stream, "policy.yml", out var policy, out _));
        Assert.Equal(new SourcePosition("policy.yml", 3, 5), Assert.Single(policy.Coverage).Position);
    }
}
