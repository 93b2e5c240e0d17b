using System.Text;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Tests.Taxonomy;

public sealed class ValueTaxonomyTests
{
    [Fact]
    public void BuiltIn_Values_AreThePapersSeven()
    {
        Assert.Equal(
            ["well-being", "information-seeking", "justice", "duty", "wisdom", "civility", "empathy"],
            ValueTaxonomy.BuiltIn.Values.Select(static value => value.Id));
        Assert.Equal(
            [
                "Well-being/Peace", "Information Seeking", "Justice & Human/Animal Rights", "Duty/Accountability", "Wisdom/Knowledge",
                "Civility/Tolerance", "Empathy/Helpfulness",
            ],
            ValueTaxonomy.BuiltIn.Values.Select(static value => value.Name));
        Assert.All(ValueTaxonomy.BuiltIn.Values, static value =>
        {
            Assert.NotEmpty(value.Description);
            Assert.NotEmpty(value.SubValues);
            Assert.NotNull(value.Framework);
        });
        Assert.Equal(3, ValueTaxonomy.BuiltIn.Frameworks.Count);
        Assert.Contains(ValueTaxonomy.BuiltIn.References, static reference => reference.Url.Contains("2411.11937", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("justice")]
    [InlineData("Justice & Human/Animal Rights")]
    [InlineData("JUSTICE & human/animal rights")]
    [InlineData(" justice ")]
    public void TryFind_IdOrName_FindsTheValue(string name)
    {
        Assert.True(ValueTaxonomy.BuiltIn.TryFind(name, out var value));
        Assert.Equal("justice", value.Id);
    }

    [Fact]
    public void Nearest_Typo_GivesIdOrName()
    {
        Assert.Equal("empathy", ValueTaxonomy.BuiltIn.Nearest("emphaty"));
        Assert.Equal("Wisdom/Knowledge", ValueTaxonomy.BuiltIn.Nearest("Wisdom/Knowlege"));
    }

    [Fact]
    public void TryRead_Yaml_IsAsGoodAsJson()
    {
        var read = Read(
            """
            taxonomy: 1
            id: schwartz
            version: "2023"
            name: Schwartz
            frameworks:
              - {id: growth, name: Growth}
            values:
              - id: self-direction-thought
                name: "Self-direction: thought"
                framework: growth
                sub_values: [creativity, curiosity]
              - id: face
            """);

        Assert.Equal("Self-direction: thought", read.Values[0].Name);
        Assert.Equal("Growth", read.Values[0].Framework?.Name);
        Assert.Equal("face", read.Values[1].Name);
        Assert.Equal(64, read.ContentHash.Length);
    }

    [Fact]
    public void ContentHash_AnotherDescription_IsAnother()
    {
        var one = Read("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, description: one}, {id: y}]}");
        var other = Read("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, description: two}, {id: y}]}");

        Assert.NotEqual(one.ContentHash, other.ContentHash);
        Assert.False(one.Identity.Equals(other.Identity));
    }

    [Theory]
    [InlineData("", "VI0001")]
    [InlineData("[]", "VI0006")]
    [InlineData("{taxonomy: 2, id: a, version: 1, name: A, values: [{id: x}]}", "VI0007")]
    [InlineData("{taxonomy: 1, id: A B, version: 1, name: A, values: [{id: x}]}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: []}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A}", "VI0005")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x}, {id: x}]}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, name: N}, {id: y, name: n}]}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, name: Y}, {id: y, name: Z}]}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, framework: none}]}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: -x}]}", "VI0016")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, descripton: d}]}", "VI0003")]
    [InlineData("{taxonomy: 1, id: a, version: 1, name: A, values: [{id: x, name: }]}", "VI0005")]
    public void TryRead_NotATaxonomy_IsRefusedWithItsCode(string text, string code)
    {
        Assert.False(ValueTaxonomy.TryRead(Utf8(text), "t.json", out _, out var diagnostics));

        Assert.Equal(code, Assert.Single(diagnostics).Code.Id);
    }

    [Fact]
    public void TryCreate_LabelsOfAModel_MakesATaxonomy()
    {
        string[] labels = ["Self-direction: thought", "Face"];
        TaxonomyValue[] values = [.. labels.Select(static label => new TaxonomyValue { Id = ValueName.IdFrom(label), Name = label })];

        Assert.True(ValueTaxonomy.TryCreate("labels", "1", values, out var taxonomy, out _));
        Assert.Equal(["self-direction-thought", "face"], taxonomy.Values.Select(static value => value.Id));
    }

    [Fact]
    public void TryCreate_RepeatedLabels_SaysWhich()
    {
        TaxonomyValue[] values = [new() { Id = "a", Name = "One" }, new() { Id = "b", Name = "One" }];

        Assert.False(ValueTaxonomy.TryCreate("labels", "1", values, out _, out var problems));
        Assert.Contains("'One'", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Justice & Human/Animal Rights", "justice-human-animal-rights")]
    [InlineData("  LABEL_0 ", "label-0")]
    [InlineData("über", "ber")]
    [InlineData("!?", "")]
    public void IdFrom_Label_KeepsLettersAndDigits(string label, string expected) => Assert.Equal(expected, ValueName.IdFrom(label));

    private static ValueTaxonomy Read(string text)
    {
        Assert.True(ValueTaxonomy.TryRead(Utf8(text), "t.json", out var taxonomy, out var diagnostics), string.Join('\n', diagnostics));
        return taxonomy;
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
