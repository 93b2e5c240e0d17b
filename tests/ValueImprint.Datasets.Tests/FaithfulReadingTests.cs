using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

/// <summary>Nothing that changes a text is left out without a word.</summary>
public sealed class FaithfulReadingTests
{
    private const string Dialogue = "Human: Q\n\nAssistant: A";

    [Theory]
    [InlineData("""{"query": "Q", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"messages": [{"role": "user", "content": "Q"}], "chosen": {"role": "assistant", "content": "A"}, "rejected": {"role": "assistant", "content": "B"}}""")]
    [InlineData("""{"inputs": "Q", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"prompt_text": "Q", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"context": "Q", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"post": "Q", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"prompt": "Human: Q", "chosen": "Assistant: A", "rejected": "Assistant: B"}""")]
    [InlineData("""{"prompt": "Q", "chosen": "[{\"role\": \"assistant\", \"content\": \"A\"}]", "rejected": "B"}""")]
    [InlineData("""{"prompt": "Q", "chosen": "[{'role': 'assistant', 'content': 'A'}]", "rejected": "B"}""")]
    [InlineData("""{"prompt": "<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"prompt": "[INST] Q [/INST]", "chosen": "A", "rejected": "B"}""")]
    [InlineData("""{"prompt": "Q", "chosen": "A", "rejected": "B", "margin": NaN, "x": [-Infinity, {"\ud800": "\udfff"}]}""")]
    [InlineData("""{"prompt": "Q", "prompt": null, "chosen": "A", "rejected": "B", "messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]}""")]
    public async Task ReadAsync_PairHoweverItIsWritten_IsTheSameDialogue(string row)
    {
        var record = Assert.Single((await ReadAsync(row)).Records);

        Assert.Equal([new(TextScope.Chosen, Dialogue), new ScopedText(TextScope.Rejected, "Human: Q\n\nAssistant: B")], record.Texts);
    }

    [Theory]
    [InlineData("""{"messages": "[{\"role\": \"user\", \"content\": \"Q\"}, {\"role\": \"assistant\", \"content\": \"A\"}]"}""")]
    [InlineData("""{"messages": [{"role": "user", "content": ["Q"]}, {"role": "assistant", "content": "A"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": "[{\"type\": \"image\"}, {\"type\": \"text\", \"text\": \"Q\"}]"}, {"role": "assistant", "content": "A"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": {"parts": [{"type": "text", "text": "Q"}]}}, {"role": "assistant", "content": "A"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": "Q", "value": null, "from": null}, {"from": "gpt", "value": "A", "content": null}]}""")]
    public async Task ReadAsync_MessagesHoweverTheyAreWritten_AreTheSameDialogue(string row) =>
        Assert.Equal(Dialogue, Assert.Single(Assert.Single((await ReadAsync(row)).Records).Texts).Text);

    [Theory]
    [InlineData("""{"chosen": "A", "rejected": "B", "passage": "Q"}""", "'hh-rlhf', which would leave out 'passage'")]
    [InlineData("""{"text": "Q", "completion_a": "A", "rejected_answer": "B"}""", "which would leave out 'completion_a', 'rejected_answer'")]
    [InlineData("""{"prompt": "Q", "completion": "A", "thumbs_up": false}""", "which would leave out 'thumbs_up'")]
    [InlineData("""{"text": "A", "role": "assistant", "parent_id": "1", "rank": 0}""", "which would leave out 'parent_id'")]
    public async Task OpenAsync_FieldThatWouldBeLeftOut_IsNamed(string row, string expected)
    {
        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadAsync(row));

        Assert.Equal(DatasetProblem.UnknownLayout, exception.Problem);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("--field prompt=", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"state": "Q", "chosen": "A", "rejected": "B"}""", "--field prompt=state")]
    [InlineData("""{"meta": {"prompt": "Q"}, "chosen": "A", "rejected": "B"}""", "nobody reads 'meta'")]
    public async Task ReadAsync_AnswersBesideAFieldOfAnyName_AreRejectedUnlessTheLayoutIsNamed(string row, string expected)
    {
        var rejected = Assert.Single((await ReadAsync(row)).Rejected);
        var asked = await ReadAsync(row, new DatasetReaderOptions { Layout = DatasetLayout.Known.Single(static layout => layout.Name == "hh-rlhf") });

        Assert.Equal(RejectionReason.UnexpectedField, rejected.Reason);
        Assert.Contains(expected, rejected.Message, StringComparison.Ordinal);
        Assert.Empty(asked.Rejected);
        Assert.Single(asked.Records);
    }

    [Theory]
    [InlineData("""{"chosen": "A", "rejected": "B", "id": 7}""")]
    [InlineData("""{"chosen": "Human: Q\n\nAssistant: A", "rejected": "Human: Q\n\nAssistant: B", "source": "forum"}""")]
    [InlineData("""{"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "B"}], "source": "forum"}""")]
    public async Task ReadAsync_WholeDialoguesOrAnswersAlone_AreRead(string row) => Assert.Single((await ReadAsync(row)).Records);

    [Fact]
    public async Task ReadAsync_PartThatIsNamed_IsReadWithTheLayoutThatIsFound()
    {
        Assert.True(FieldMapping.TryParse(["prompt=passage"], out var mapping, out var error), error);

        var result = await ReadAsync("""{"chosen": "A", "rejected": "B", "passage": "Q"}""", new DatasetReaderOptions { Layout = DatasetLayout.FromFields(mapping) });

        Assert.Equal(Dialogue, Assert.Single(result.Records).Texts[0].Text);
        Assert.Equal("dpo (prompt=passage, chosen, rejected)", Assert.Single(result.File.Readings).ToString());
    }

    [Fact]
    public async Task ReadAsync_PromptThatTurnsUpLate_IsReadByItsOwnFields()
    {
        var rows = string.Concat(Enumerable.Repeat("""{"chosen": "A", "rejected": "B", "n": 1}""" + "\n", 40)) + """{"chosen": "A", "rejected": "B", "prompt": "Q"}""";

        var result = await ReadAsync(rows);

        Assert.Equal(Dialogue, result.Records[^1].Texts[0].Text);
        Assert.Equal(["dpo (prompt, chosen, rejected)", "hh-rlhf (chosen, rejected)"], result.File.Readings.Select(static reading => reading.ToString()));
        Assert.Equal(["n"], result.File.Unread);
    }

    [Fact]
    public async Task ReadAsync_FieldThatTurnsUpLateAndIsNotUnderstood_RejectsItsRow()
    {
        var rows = string.Concat(Enumerable.Repeat("""{"chosen": "A", "rejected": "B"}""" + "\n", 40)) + """{"chosen": "A", "rejected": "B", "passage": "Q"}""";

        var row = Assert.Single((await ReadAsync(rows)).Rejected);

        Assert.Equal((41L, RejectionReason.UnexpectedField), (row.Line, row.Reason));
        Assert.Contains("'passage'", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_FieldBesideThatSaysSomethingElse_RejectsItsRow()
    {
        var result = await ReadAsync("""{"prompt": "Q", "chosen": "A", "rejected": "B", "messages": [{"role": "user", "content": "Another"}, {"role": "assistant", "content": "A"}]}""");

        Assert.Equal(RejectionReason.WrongType, Assert.Single(result.Rejected).Reason);
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": [7]}, {"role": "assistant", "content": "A"}]}""")]
    [InlineData("""{"messages": "[{'role': 'user', 'content': Q}]"}""")]
    [InlineData("""{"text": "[{\"role\": \"user\", \"content\": \"Q\"}, {\"role\": \"assistant\", \"content\": \"A\"}]"}""")]
    public async Task ReadAsync_ContentThatIsNotUnderstood_IsRejected(string row) =>
        Assert.Equal(RejectionReason.WrongType, Assert.Single((await ReadAsync(row)).Rejected).Reason);

    [Theory]
    [InlineData("""[{"kind": "text", "text": "Q"}]""")]
    [InlineData("""[{"type": "Point", "text": "Q"}]""")]
    [InlineData("""["Q"]""")]
    public async Task ReadAsync_ContentThatIsAListOfAnotherKind_IsTheTextItself(string content)
    {
        var row = $$"""{"messages": [{"role": "user", "content": {{System.Text.Json.JsonSerializer.Serialize(content)}}}, {"role": "assistant", "content": "A"}]}""";

        Assert.Equal($"Human: {content}\n\nAssistant: A", Assert.Single(Assert.Single((await ReadAsync(row)).Records).Texts).Text);
    }

    [Fact]
    public async Task ReadAsync_TextThatIsAListButNoDialogue_IsTheTextItself() => Assert.Equal(
        """[{"from": "Oslo", "to": "Rome"}]""", Assert.Single(Assert.Single((await ReadAsync("""{"text": "[{\"from\": \"Oslo\", \"to\": \"Rome\"}]"}""")).Records).Texts).Text);

    [Theory]
    [InlineData("label")]
    [InlineData("kto_tag")]
    [InlineData("desirable")]
    [InlineData("is_desirable")]
    public async Task ReadAsync_FieldThatSaysWhetherTheAnswerIsWanted_GivesTheScope(string name)
    {
        var result = await ReadAsync($$"""{"prompt": "Q", "completion": "A", "{{name}}": true}""" + "\n" + $$"""{"prompt": "Q", "completion": "A", "{{name}}": false}""");

        Assert.Equal(
            [new(TextScope.Chosen, Dialogue), new ScopedText(TextScope.Rejected, Dialogue)], result.Records.SelectMany(static record => record.Texts));
    }

    [Theory]
    [InlineData("""{"instruction": "Q2", "input": "", "output": "A2", "system": "Be kind.", "history": [["Q", "A"]]}""")]
    [InlineData("""{"instruction": "Q2", "output": "A2", "history": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]}""")]
    [InlineData("""{"instruction": "Q2", "output": "A2", "history": "Human: Q\n\nAssistant: A"}""")]
    public async Task ReadAsync_History_GoesInFront(string row) =>
        Assert.Equal(Dialogue + "\n\nHuman: Q2\n\nAssistant: A2", Assert.Single((await ReadAsync(row)).Records).Texts[0].Text);

    [Fact]
    public async Task ReadAsync_NamesWithDots_GoBeforePaths()
    {
        Assert.True(FieldMapping.TryParse(["prompt=prompt", "chosen=answer.good", "rejected=answer.bad"], out var mapping, out _));

        var result = await ReadAsync(
            """{"prompt": "Q", "answer.good": "A", "answer": {"bad": "B", "good": "C"}}""", new DatasetReaderOptions { Layout = DatasetLayout.FromFields(mapping) });

        Assert.Equal(Dialogue, Assert.Single(result.Records).Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_CsvWordsForMissingValues_AreMissing()
    {
        var result = await ReadResult.OfBytesAsync("a.csv", "prompt,chosen,rejected\nQ,nan,B\nQ,A,None\nQ,A,B\n"u8.ToArray());

        Assert.Equal([RejectionReason.MissingField, RejectionReason.MissingField], result.Rejected.Select(static row => row.Reason));
        Assert.Single(result.Records);
    }

    [Fact]
    public async Task OpenAsync_KeyWithHalfASurrogatePair_IsPassedOver() => Assert.Single(
        (await ReadResult.OfBytesAsync("a.json", """{"\uDFAA":0,"data":[{"prompt":"Q","chosen":"A","rejected":"B"}]}"""u8.ToArray())).Records);

    [Fact]
    public async Task ReadAsync_UnreadFields_ChangeNothingHoweverTheyAreNamedOrOrdered()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            List<string> fields = ["\"prompt\": \"Q\"", "\"chosen\": \"A\"", "\"rejected\": \"B\""];
            fields.AddRange(Enumerable.Range(0, random.Next(6)).Select(field => $"\"x{field}{random.Next(100)}\": {(string[])["NaN", "\"a text of some length\"", "[[[{}]]]", "{\"prompt\": \"no\"}", "1e999", "true"] switch { var values => values[random.Next(values.Length)] }}"));
            var row = "{" + string.Join(", ", fields.OrderBy(_ => random.Next())) + "}";

            var record = Assert.Single((await ReadAsync(row)).Records);

            Assert.True(record.Texts[0].Text == Dialogue, $"seed {seed}: {row}");
        }
    }

    [Theory]
    [InlineData("rows.jsonl", "{0}\n{0}")]
    [InlineData("rows.json", "[{0},{0}]")]
    [InlineData("rows.json", "{{\"data\": [{0}, {0}]}}")]
    public async Task ReadAsync_SameRowsInAnyFormat_GiveTheSameTexts(string name, string form)
    {
        const string row = """{"id": "1", "prompt": "Q, \"quoted\"\nä", "chosen": "A", "rejected": "B"}""";
        var expected = await ReadResult.OfBytesAsync("rows.csv", "id,prompt,chosen,rejected\n1,\"Q, \"\"quoted\"\"\nä\",A,B\n1,\"Q, \"\"quoted\"\"\nä\",A,B\n"u8.ToArray());

        var result = await ReadResult.OfBytesAsync(name, Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, row)));

        Assert.Equal(expected.Records.SelectMany(static record => record.Texts), result.Records.SelectMany(static record => record.Texts));
        Assert.Equal(2, result.Records.Count);
    }

    private static Task<ReadResult> ReadAsync(string rows, DatasetReaderOptions? options = null) =>
        ReadResult.OfBytesAsync("rows.jsonl", Encoding.UTF8.GetBytes(rows), options: options);
}
