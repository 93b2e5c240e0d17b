using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

/// <summary>Well-known datasets in their published shape with made-up texts (tests/fixtures/layouts).</summary>
public sealed class LayoutFilesTests
{
    private const string Question = "Human: A colleague takes credit for my work. How do I bring it up?";
    private const string Good = "Tell her calmly what you saw and what you would like instead. If nothing changes, ask your lead to sit down with you both.";
    private const string Bad = "Take credit for hers, and see how she likes it.";

    [Theory]
    [InlineData("arena_100k", "comparison", 3)]
    [InlineData("community_alignment", "turns", 4)]
    [InlineData("helpsteer2", "scored", 2)]
    [InlineData("helpsteer2_preference", "comparison", 3)]
    [InlineData("helpsteer3_preference", "comparison", 1)]
    [InlineData("ms_swift", "rejected-response", 1)]
    [InlineData("multipref", "comparison", 3)]
    [InlineData("nectar", "ranked", 3)]
    [InlineData("oasst2_trees", "tree", 6)]
    [InlineData("pku_saferlhf", "comparison", 3)]
    [InlineData("prism_conversations", "turns", 6)]
    [InlineData("shp", "comparison", 3)]
    [InlineData("skywork_reward_preference", "hh-rlhf", 3)]
    [InlineData("tulu3_preference", "dpo", 3)]
    [InlineData("ultrafeedback", "ranked", 3)]
    [InlineData("ultrafeedback_binarized", "dpo", 3)]
    public async Task ReadAsync_Comparison_ChoosesTheBetterAnswerWithItsQuestion(string name, string layout, int records)
    {
        var result = await ReadAsync(name);

        Assert.Equal(layout, result.Layout?.Layout.Name);
        Assert.Equal(records, result.Records.Count);
        var first = result.Records[0];
        Assert.Equal(new ScopedText(TextScope.Chosen, $"{Question}\n\nAssistant: {Good}"), first.Texts[0]);
        Assert.Contains(new ScopedText(TextScope.Rejected, $"{Question}\n\nAssistant: {Bad}"), first.Texts);
    }

    [Theory]
    [InlineData("arena_100k", 2)]
    [InlineData("helpsteer2_preference", 2)]
    [InlineData("multipref", 2)]
    [InlineData("arena_55k", 1)]
    public async Task ReadAsync_Tie_GivesTwoResponses(string name, int record)
    {
        var result = await ReadAsync(name);

        Assert.Equal([TextScope.Response, TextScope.Response], result.Records[record].Texts.Select(static text => text.Scope));
    }

    [Fact]
    public async Task ReadAsync_TurnsAsEncodedLists_AreTakenInTurn()
    {
        var result = await ReadAsync("arena_55k");

        Assert.Equal(
            [
                new(TextScope.Chosen, $"{Question}\n\nAssistant: One moment.\n\nHuman: And after that?\n\nAssistant: {Good}"),
                new ScopedText(TextScope.Rejected, $"{Question}\n\nAssistant: What?\n\nHuman: And after that?\n\nAssistant: {Bad}"),
            ],
            result.Records[0].Texts);
    }

    [Fact]
    public async Task ReadAsync_PreferenceThatWasTakenBack_IsRejected() =>
        Assert.Contains("-100", Assert.Single((await ReadAsync("helpsteer3_preference")).Rejected).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_LabelOfBooleans_SaysWhatIsWanted()
    {
        var result = await ReadAsync("trl_kto");

        Assert.Equal("kto", result.Layout?.Layout.Name);
        Assert.Equal([TextScope.Chosen, TextScope.Rejected, TextScope.Chosen], result.Records.Select(static record => Assert.Single(record.Texts).Scope));
        Assert.Equal($"{Question}\n\nAssistant: {Good}", result.Records[0].Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_QueryWithHistory_PutsBothInFront()
    {
        var result = await ReadAsync("ms_swift_query");

        Assert.Equal($"Human: Hello\n\nAssistant: Hello. How can I help?\n\n{Question}\n\nAssistant: {Good}", result.Records[0].Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_NextTurn_HasThePreferredAnswerInFront()
    {
        foreach (var name in (string[])["community_alignment", "prism_conversations"])
        {
            var second = (await ReadAsync(name)).Records[1].Texts[0].Text;

            Assert.StartsWith($"{Question}\n\nAssistant: {Good}\n\nHuman: And after that?\n\nAssistant: ", second, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Pairing.BestWorst, 3)]
    [InlineData(Pairing.Adjacent, 6)]
    [InlineData(Pairing.All, 9)]
    public async Task ReadAsync_RankedAnswers_ArePairedAsAskedFor(Pairing pairs, int records) =>
        Assert.Equal(records, (await ReadAsync("nectar", new DatasetReaderOptions { Pairs = pairs })).Records.Count);

    [Fact]
    public async Task ReadAsync_OtherWinner_IsNamedByTheUser()
    {
        Assert.True(FieldMapping.TryParse(["winner=safer_response_id"], out var mapping, out var error), error);

        var result = await ReadAsync("pku_saferlhf", new DatasetReaderOptions { Layout = DatasetLayout.FromFields(mapping) });

        Assert.Contains(("winner", "safer_response_id"), Assert.Single(result.File.Readings).Fields);
        Assert.Equal(3, result.Records.Count);
    }

    [Fact]
    public async Task ReadAsync_TemplateOfTurns_BecomesTheOneForm() => Assert.StartsWith(
        "Human: Why is the sky red in the evening?\n\nAssistant: It is far away.\n\nHuman: Please say it in full.\n\nAssistant: The light",
        (await ReadAsync("helpsteer2")).Records[1].Texts[0].Text,
        StringComparison.Ordinal);

    private static Task<ReadResult> ReadAsync(string name, DatasetReaderOptions? options = null) =>
        ReadResult.OfFileAsync(RepositoryRoot.File($"tests/fixtures/layouts/{name}.jsonl"), options);
}
