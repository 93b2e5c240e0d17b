using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

/// <summary>Small rows in the shape that each publisher ships, with made-up texts.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_HhRlhfDialogues_TrimsThemOnly()
    {
        var record = await ReadOneAsync(
            "hh-rlhf",
            """{"chosen": "\n\nHuman: May I?\n\nAssistant: Please do. ", "rejected": "\n\nHuman: May I?\n\nAssistant: No."}""");

        Assert.True(record.IsPair);
        Assert.Equal(
            [
                new(TextScope.Chosen, "Human: May I?\n\nAssistant: Please do."),
                new ScopedText(TextScope.Rejected, "Human: May I?\n\nAssistant: No."),
            ],
            record.Texts);
    }

    [Fact]
    public async Task ReadAsync_DpoStrings_PutsThePromptBeforeBothAnswers()
    {
        var record = await ReadOneAsync(
            "dpo",
            """{"id": 7, "prompt": " Why? ", "chosen": "Because.\n", "rejected": "No idea.", "margin": 0.5}""");

        Assert.Equal("7", record.Id);
        Assert.Equal(
            ["Human: Why?\n\nAssistant: Because.", "Human: Why?\n\nAssistant: No idea."],
            record.Texts.Select(text => text.Text));
    }

    [Fact]
    public async Task ReadAsync_DpoPromptWithTurns_UsesThePromptAsItIs()
    {
        var record = await ReadOneAsync(
            "dpo",
            """{"prompt": "Human: Hi\n\nAssistant: Hello\n\nHuman: Bye?\n\nAssistant:", "chosen": " Bye", "rejected": "So long"}""");

        Assert.Equal("Human: Hi\n\nAssistant: Hello\n\nHuman: Bye?\n\nAssistant: Bye", record.Texts[0].Text);
        Assert.Equal("Human: Hi\n\nAssistant: Hello\n\nHuman: Bye?\n\nAssistant: So long", record.Texts[1].Text);
    }

    [Fact]
    public async Task ReadAsync_DpoAnswerRunsOnIntoATurn_StillPutsThePromptInFront()
    {
        var record = await ReadOneAsync("dpo", """{"prompt": "Q", "chosen": "A\n\nHuman: more", "rejected": "B"}""");

        Assert.Equal("Human: Q\n\nAssistant: A\n\nHuman: more", record.Texts[0].Text);
    }

    [Theory]
    [InlineData("""[{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]""")]
    [InlineData("""[{"role": "assistant", "content": "A"}]""")]
    [InlineData("""{"role": "assistant", "content": "A"}""")]
    [InlineData("""[{"from": "gpt", "value": "A"}]""")]
    [InlineData("""[{"role": "assistant", "content": [{"type": "text", "text": "A"}]}]""")]
    public async Task ReadAsync_DpoMessages_GivesTheWholeDialogueOnce(string chosen)
    {
        var record = await ReadOneAsync("dpo", $$"""{"prompt": "Q", "chosen": {{chosen}}, "rejected": "B"}""");

        Assert.Equal("Human: Q\n\nAssistant: A", record.Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_DpoShareGptConversation_GoesBeforeBothAnswers()
    {
        var record = await ReadOneAsync(
            "dpo",
            """
            {"conversations": [{"from": "system", "value": "S"}, {"from": "human", "value": "Q"}], "chosen": {"from": "gpt", "value": "A"}, "rejected": {"from": "gpt", "value": "B"}}
            """);

        Assert.Equal(["Human: Q\n\nAssistant: A", "Human: Q\n\nAssistant: B"], record.Texts.Select(text => text.Text));
    }

    [Fact]
    public async Task ReadAsync_HhRlhfAsMessages_WritesTheTurns()
    {
        var record = await ReadOneAsync(
            "hh-rlhf",
            """
            {"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "B"}]}
            """);

        Assert.Equal(["Human: Q\n\nAssistant: A", "Human: Q\n\nAssistant: B"], record.Texts.Select(text => text.Text));
    }

    [Theory]
    [InlineData("-0.5", "0.5", "Human: Q\n\nAssistant: B", "Human: Q\n\nAssistant: A")]
    [InlineData("1", "1e-3", "Human: Q\n\nAssistant: A", "Human: Q\n\nAssistant: B")]
    public async Task ReadAsync_WebGpt_ChoosesTheHigherScore(string score0, string score1, string chosen, string rejected)
    {
        var record = await ReadOneAsync("webgpt", WebGptRow(score0, score1));

        Assert.Null(record.Id);
        Assert.Equal([new(TextScope.Chosen, chosen), new ScopedText(TextScope.Rejected, rejected)], record.Texts);
    }

    [Fact]
    public async Task ReadAsync_WebGptEqualScores_GivesTwoResponses()
    {
        var record = await ReadOneAsync("webgpt", WebGptRow("0.0", "0"));

        Assert.False(record.IsPair);
        Assert.All(record.Texts, text => Assert.Equal(TextScope.Response, text.Scope));
        Assert.Equal(2, record.Texts.Count);
    }

    [Fact]
    public async Task ReadAsync_WebGptQuestionAsString_IsTheSameLayout()
    {
        var record = await ReadOneAsync(
            "webgpt", """{"question": "Q", "answer_0": "A", "answer_1": "B", "score_0": 1, "score_1": 0}""");

        Assert.Equal("Human: Q\n\nAssistant: A", record.Texts[0].Text);
    }

    [Theory]
    [InlineData("""{"instruction": "Do", "input": "This", "output": "Done"}""", "Human: Do\n\nThis\n\nAssistant: Done")]
    [InlineData("""{"instruction": "Do", "input": "", "output": "Done"}""", "Human: Do\n\nAssistant: Done")]
    [InlineData("""{"instruction": "Do", "input": "<noinput>", "output": "Done"}""", "Human: Do\n\nAssistant: Done")]
    [InlineData("""{"instruction": "Do", "output": "Done"}""", "Human: Do\n\nAssistant: Done")]
    [InlineData("""{"instruction": "", "output": "Done"}""", "Human: \n\nAssistant: Done")]
    public async Task ReadAsync_Alpaca_JoinsInstructionAndInput(string row, string text)
    {
        var record = await ReadOneAsync("alpaca", row);

        Assert.Equal([new ScopedText(TextScope.Response, text)], record.Texts);
    }

    [Theory]
    [InlineData("""{"prompt": "Q", "response": "A"}""")]
    [InlineData("""{"prompt": "Q", "completion": "A"}""")]
    [InlineData("""{"question": "Q", "answer": "A"}""")]
    [InlineData("""{"instruction": "Q", "context": "", "response": "A", "category": "x"}""")]
    [InlineData("""{"prompt": [{"role": "user", "content": "Q"}], "completion": [{"role": "assistant", "content": "A"}]}""")]
    public async Task ReadAsync_PromptResponse_UnderItsUsualNames(string row)
    {
        var record = await ReadOneAsync("prompt-response", row);

        Assert.Equal([new ScopedText(TextScope.Response, "Human: Q\n\nAssistant: A")], record.Texts);
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "Q"}, {"role": "assistant", "content": " A "}]}""")]
    [InlineData("""{"conversations": [{"from": "human", "value": "Q"}, {"from": "gpt", "value": "A"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": null, "tool_calls": []}, {"role": "assistant", "content": "A"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}, {"type": "text", "text": "Q"}]}, {"role": "assistant", "content": "A"}]}""")]
    public async Task ReadAsync_Messages_WritesHumanAndAssistantTurns(string row)
    {
        var record = await ReadOneAsync("messages", row);

        Assert.Equal([new ScopedText(TextScope.Response, "Human: Q\n\nAssistant: A")], record.Texts);
    }

    [Fact]
    public async Task ReadAsync_PaperCsv_CarriesTheLabelAlong()
    {
        var path = _folder.Write("paper.csv", "Text,Label\r\n\"Human: Q\n\nAssistant: A, b\",Empathy\r\n");

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal("paper", result.Layout?.Layout.Name);
        var record = Assert.Single(result.Records);
        Assert.Equal("Empathy", record.Label);
        Assert.Equal([new ScopedText(TextScope.Text, "Human: Q\n\nAssistant: A, b")], record.Texts);
    }

    [Fact]
    public async Task ReadAsync_Text_IsOneTextWithoutARole()
    {
        var record = await ReadOneAsync("text", """{"source": "x", "text": " T "}""");

        Assert.Equal([new ScopedText(TextScope.Text, "T")], record.Texts);
    }

    [Fact]
    public void ToString_OfWhatHoldsTexts_DoesNotShowThem()
    {
        var text = new ScopedText(TextScope.Text, "secret");

        Assert.DoesNotContain("secret", text.ToString(), StringComparison.Ordinal);
    }

    private static string WebGptRow(string score0, string score1) =>
        $$"""
        {"question": {"dataset": "d", "id": "q-1", "full_text": "Q"}, "quotes_0": {"title": [], "extract": []}, "answer_0": "A", "tokens_0": {"prefix": [1], "completion": [2]}, "score_0": {{score0}}, "quotes_1": {}, "answer_1": "B", "tokens_1": {}, "score_1": {{score1}}}
        """;

    private async Task<DatasetRecord> ReadOneAsync(string layout, string row)
    {
        var result = await ReadResult.OfFileAsync(_folder.Write("rows.jsonl", row));

        Assert.Empty(result.Rejected);
        Assert.Equal(layout, result.Layout?.Layout.Name);
        return Assert.Single(result.Records);
    }
}
