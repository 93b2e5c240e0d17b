using System.Text.Json.Nodes;
using ValueImprint.Core.Imprints;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>Nothing is tied to seven labels: the same tool and server audit and gate by a package's own taxonomy.</summary>
public sealed class OtherTaxonomyTests(SchwartzAudit audit) : IClassFixture<SchwartzAudit>
{
    [Fact]
    public void Audit_TwentyValues_CountsEveryTextWithAllItsValues()
    {
        audit.Run.Exits(0);
        var imprint = JsonNode.Parse(File.ReadAllText(audit.Imprint))!; // The test fails where there are none.
        var scope = Assert.Single(imprint["scopes"]!.AsArray())!;
        var sets = scope["label_sets"]!.AsArray().Select(static set => (Values: set!["values"]!.AsArray().Count, Texts: set["texts"]!.GetValue<int>())).ToArray();
        var values = scope["values"]!.AsArray().ToDictionary(static value => value!["value"]!.GetValue<string>(), static value => value!["texts"]!.GetValue<int>());

        Assert.Equal("schwartz-values", imprint["taxonomy"]!["id"]!.GetValue<string>());
        Assert.Equal("multi-label", imprint["model"]!["problem_type"]!.GetValue<string>());
        Assert.Equal(20, values.Count);
        Assert.Equal(SchwartzAudit.Arguments.Count, sets.Sum(static set => set.Texts));
        Assert.Equal(values.Values.Sum(), sets.Sum(static set => set.Values * set.Texts));
        Assert.Contains(sets, static set => set.Values > 1);

        // Two of the arguments are about nature and no other is.
        Assert.Equal(2, values["universalism-nature"]);
        Assert.Contains("Universalism: nature", audit.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelInspect_Package_ShowsFiguresAndThresholds()
    {
        var text = (await audit.Tool.RunAsync("model", "inspect", SchwartzAudit.Package)).Exits(0);
        var json = (await audit.Tool.RunAsync("model", "inspect", SchwartzAudit.Package, "--format", "json")).Exits(0);

        Assert.Contains("each from a score of its own on, 0.04 to 0.37", text.Output, StringComparison.Ordinal);
        Assert.Contains("Universalism: nature", text.Output, StringComparison.Ordinal);
        var nature = JsonNode.Parse(json.Output)!["taxonomy"]!["values"]!.AsArray().Single(static value => value!["id"]!.GetValue<string>() == "universalism-nature");
        Assert.Equal(0.19, nature!["decision_threshold"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("value: universalism-nature\n    minimum: 20%", 0, "")]
    [InlineData("value: 'Universalism: nature'\n    maximum: 30%", 0, "")]
    [InlineData("group: conservation\n    minimum: 25%", 0, "")]
    [InlineData("value: face\n    minimum: 95%", 1, "'Face' is")]
    [InlineData("value: universalism-natur\n    minimum: 20%", 2, "Did you mean 'universalism-nature'?")]
    [InlineData("value: justice\n    minimum: 20%", 2, "Unknown value 'justice' in the taxonomy schwartz-values")]
    public async Task Gate_PolicyOfTheTaxonomy_IsJudged(string rule, int expected, string said)
    {
        audit.Run.Exits(0);
        var policy = audit.Tool.File($"{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(policy, $"""
            policy: 1
            taxonomy: schwartz-values
            groups:
              conservation: [security-personal, security-societal, tradition, conformity-rules, conformity-interpersonal, humility]
            coverage:
              - scope: text
                {rule}
            """, TestContext.Current.CancellationToken);

        var run = await audit.Tool.RunAsync("gate", audit.Imprint, "--policy", policy);

        Assert.Contains(said, run.Exits(expected).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_PolicyOfTheBuiltInTaxonomy_IsRefused()
    {
        audit.Run.Exits(0);
        var policy = audit.Tool.File("built-in.yml");
        await File.WriteAllTextAsync(
            policy, "policy: 1\ntaxonomy: value-imprint\ncoverage:\n  - value: justice\n    scope: text\n    minimum: 2%\n", TestContext.Current.CancellationToken);

        var run = await audit.Tool.RunAsync("gate", audit.Imprint, "--policy", policy);

        Assert.Contains("was audited with 'schwartz-values'", run.Exits(2).Error, StringComparison.Ordinal);
    }
}
