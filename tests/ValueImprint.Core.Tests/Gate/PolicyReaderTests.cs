using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Gate;

public sealed class PolicyReaderTests
{
    [Fact]
    public void TryRead_EveryKey_IsUnderstood()
    {
        var policy = Policies.Read(
            """
            policy: 1
            taxonomy: value-imprint
            interval: 99%
            groups:
              prosocial: [well-being, justice, empathy, civility]
            coverage:
              - group: prosocial
                scope: all
                stance: upholds
                minimum: 10%
                maximum: 1/2
                minimum_texts: 500
                judge: lower
                level: warning
              - value: Justice & Human/Animal Rights
                scope: chosen
                minimum: 0.02
            """);

        Assert.Equal(0.99, policy.Interval.Level);
        Assert.Equal(4, Assert.Single(policy.Groups).Values.Count);
        var rule = policy.Coverage[0];
        Assert.True(rule.Target.IsGroup);
        Assert.Null(rule.Scope);
        Assert.Equal(Stance.Upholds, rule.Stance);
        Assert.Equal(("10%", "1/2"), (rule.Minimum.ToString(), rule.Maximum.ToString()));
        Assert.Equal(500, rule.MinimumTexts);
        Assert.Equal(JudgedOn.Lower, rule.Judge);
        Assert.Equal(RuleLevel.Warning, rule.Level);
        Assert.Equal(new SourcePosition("policy.yml", 15, 5), policy.Coverage[1].Position);
        Assert.Equal(TextScope.Chosen, policy.Coverage[1].Scope);
    }

    [Fact]
    public void TryRead_Json_IsUnderstood()
    {
        var policy = Policies.Read("{\n\t\"policy\": 1,\n\t\"coverage\": [\n\t\t{\"value\": \"justice\", \"scope\": \"chosen\", \"minimum\": \"2%\"}\n\t]\n}\n");

        Assert.Equal("justice", Assert.Single(policy.Coverage).Target.Name);
    }

    [Theory]
    [InlineData("", "policy.yml(1,1): error VI0001: The document is empty.")]
    [InlineData("# only a comment\n", "policy.yml(1,1): error VI0001: The document is empty.")]
    [InlineData("coverage: [", "error VI0001: Not valid YAML")]
    [InlineData("just a text", "policy.yml(1,1): error VI0006: Expected a policy")]
    [InlineData("coverage:\n  - {value: a, scope: all, minimum: 1%}", "policy.yml(1,1): error VI0005: The key 'policy' is missing")]
    [InlineData("policy: 2\ncoverage:\n  - {value: a, scope: all, minimum: 1%}", "policy.yml(1,9): error VI0007: Policy version '2' is not known")]
    [InlineData("policy: 1", "policy.yml(1,1): error VI0005: The key 'coverage' is missing")]
    [InlineData("policy: 1\ncoverage: []", "policy.yml(2,11): error VI0013: The list 'coverage' is empty")]
    [InlineData("policy: 1\ncoverage:", "error VI0005: The key 'coverage' of a policy has no content")]
    [InlineData("policy: 1\ncoverage: yes", "policy.yml(2,11): error VI0006: The key 'coverage' of a policy takes a list, found a text.")]
    [InlineData("policy: 1\ncoverge: []\ncoverage:\n  - {value: a, scope: all, minimum: 1%}", "policy.yml(2,1): error VI0003: Unknown key 'coverge' in a policy. Did you mean 'coverage'?")]
    [InlineData("policy: 1\npolicy: 1\ncoverage:\n  - {value: a, scope: all, minimum: 1%}", "policy.yml(2,1): error VI0004: The key 'policy' stands twice")]
    [InlineData("policy: 1\ninterval: 20%\ncoverage:\n  - {value: a, scope: all, minimum: 1%}", "policy.yml(2,11): error VI0018")]
    [InlineData("policy: 1\n---\npolicy: 1", "policy.yml(2,1): error VI0001: A second document begins here")]
    [InlineData("policy: &one 1\ncoverage: [*one]", "policy.yml(1,9): error VI0001: Anchors and aliases")]
    [InlineData("policy: !!int 1\ncoverage: []", "policy.yml(1,9): error VI0001: Tags")]
    [InlineData("policy: 1\ngroups: {g: []}\ncoverage:\n  - {group: g, scope: all, minimum: 1%}", "policy.yml(2,13): error VI0013: The group 'g' has no values.")]
    [InlineData("policy: 1\ngroups: {g: justice}\ncoverage:\n  - {group: g, scope: all, minimum: 1%}", "policy.yml(2,13): error VI0006: The group 'g' takes a list")]
    [InlineData("policy: 1\ngroups: {g: [a], g: [b]}\ncoverage:\n  - {group: g, scope: all, minimum: 1%}", "policy.yml(2,18): error VI0004: The group 'g' stands twice")]
    [InlineData("policy: 1\n? [a, b]\n: c\n", "error VI0001: A key must be a text.")]
    public void TryRead_NotAPolicy_SaysWhereAndWhy(string text, string expected) =>
        Assert.Contains(Policies.Refused(text), diagnostic => diagnostic.ToString().Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("minimun: 2%", "policy.yml(6,5): error VI0003: Unknown key 'minimun' in a coverage rule. Did you mean 'minimum'?")]
    [InlineData("minimum: NaN", "policy.yml(6,14): error VI0011: The minimum: 'NaN' is not a share.")]
    [InlineData("minimum: -2%", "policy.yml(6,14): error VI0011")]
    [InlineData("minimum: 200%", "policy.yml(6,14): error VI0011")]
    [InlineData("minimum: 2", "policy.yml(6,14): error VI0011")]
    [InlineData("minimum: 2,5%", "policy.yml(6,14): error VI0011")]
    [InlineData("minimum: [2%]", "policy.yml(6,14): error VI0006")]
    [InlineData("minimum:", "error VI0005: The key 'minimum' of a coverage rule has no content.")]
    [InlineData("minimum: ~", "error VI0005")]
    [InlineData("minimum: 0%", "policy.yml(6,14): error VI0013: A minimum of 0 % always holds")]
    [InlineData("maximum: 100%", "policy.yml(6,14): error VI0013: A maximum of 100 % always holds")]
    [InlineData("judge: point", "policy.yml(4,5): error VI0013: Neither 'minimum' nor 'maximum'")]
    [InlineData("minimum: 3%\n    maximum: 2%", "policy.yml(6,14): error VI0012: The minimum 3% is above the maximum 2%")]
    [InlineData("minimum: 2%\n    minimum: 3%", "policy.yml(7,5): error VI0004")]
    [InlineData("minimum: 2%\n    level: fatal", "policy.yml(7,12): error VI0010: Unknown level 'fatal'. Expected one of error, warning.")]
    [InlineData("minimum: 2%\n    judge: middle", "policy.yml(7,12): error VI0010")]
    [InlineData("minimum: 2%\n    stance: uphold", "policy.yml(7,13): error VI0010: Unknown stance 'uphold'. Did you mean 'upholds'?")]
    [InlineData("minimum: 2%\n    minimum_texts: 0", "policy.yml(7,20): error VI0018")]
    [InlineData("minimum: 2%\n    minimum_texts: 1.000", "policy.yml(7,20): error VI0018")]
    [InlineData("minimum: 2%\n    group: g", "policy.yml(4,5): error VI0014: Expected either 'value' or 'group' in a coverage rule, found both.")]
    public void TryRead_BadRule_SaysWhereAndWhy(string keys, string expected)
    {
        var diagnostics = Policies.Refused($"policy: 1\ntaxonomy: value-imprint\ncoverage:\n  - value: justice\n    scope: chosen\n    {keys}\n");

        Assert.Contains(expected, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{value: justice, minimum: 2%}", "error VI0005: The key 'scope' is missing")]
    [InlineData("{value: justice, scope: choosen, minimum: 2%}", "error VI0010: Unknown scope 'choosen'. Did you mean 'chosen'?")]
    [InlineData("{scope: chosen, minimum: 2%}", "error VI0014: Expected either 'value' or 'group' in a coverage rule, found neither.")]
    [InlineData("justice", "error VI0006: Expected a coverage rule")]
    public void TryRead_IncompleteRule_SaysWhatIsMissing(string rule, string expected)
    {
        var diagnostics = Policies.Refused($"policy: 1\ncoverage:\n  - {rule}\n");

        Assert.Contains(expected, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_SeveralMistakes_AreAllReportedInOrder()
    {
        var diagnostics = Policies.Refused("policy: 3\ncoverage:\n  - {value: a, scope: nowhere, minimum: 2}\n  - {value: b, scop: all, minimum: 1%}\n");

        Assert.Equal(["VI0007", "VI0010", "VI0011", "VI0003"], diagnostics.Select(static diagnostic => diagnostic.Code.Id));
    }

    [Fact]
    public void TryRead_NestedWithoutEnd_IsRefused()
    {
        var diagnostics = Policies.Refused("policy: " + new string('[', 100_000));

        Assert.Equal(DiagnosticCatalogue.DocumentTooLarge, Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void TryRead_Huge_IsRefused()
    {
        var diagnostics = Policies.Refused(new string('#', 2_000_000));

        Assert.Equal(DiagnosticCatalogue.DocumentTooLarge, Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData("groups: {g: [justice, Justice & Human/Animal Rights]}\ncoverage: [{group: g, scope: all, minimum: 1%}]", "VI0004")]
    [InlineData("groups: {g: [justise]}\ncoverage: [{group: g, scope: all, minimum: 1%}]", "VI0008")]
    [InlineData("coverage: [{group: g, scope: all, minimum: 1%}]", "VI0009")]
    [InlineData("coverage: [{value: justice, scope: all, minimum: 1%}, {value: Justice & Human/Animal Rights, scope: all, maximum: 9%}]", "VI0017")]
    public void Check_NamesThatDoNotFitTheTaxonomy_AreReported(string rest, string code)
    {
        var policy = Policies.Read("policy: 1\n" + rest);

        Assert.Equal(code, Assert.Single(policy.Check(SampleImprints.Seven)).Code.Id);
    }

    [Fact]
    public void Check_SameValueWithAnotherLevel_IsFine()
    {
        var policy = Policies.Read(
            "policy: 1\ncoverage: [{value: justice, scope: all, minimum: 1%}, {value: justice, scope: all, minimum: 2%, level: warning}]");

        Assert.Empty(policy.Check(SampleImprints.Seven));
    }
}
