using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

public sealed class LayoutDetectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_KnownFields_SaysWhichLayoutAndWhy()
    {
        var result = await ReadResult.OfFileAsync(_folder.Write("a.jsonl", """{"Chosen": "a", "Rejected": "b", "n": {"m": 1}}"""));

        Assert.NotNull(result.Layout);
        Assert.False(result.Layout.IsForced);
        Assert.Equal("layout hh-rlhf, told by Chosen, Rejected; not read: n", result.Layout.Reason);
        Assert.Equal(["Chosen", "Rejected", "n"], result.Layout.Fields);
    }

    [Fact]
    public async Task OpenAsync_FieldOnlyInALaterRow_IsSeen()
    {
        var rows = """
            {"instruction": "a", "output": "b"}
            {"instruction": "a", "input": "c", "output": "b"}
            """;

        var result = await ReadResult.OfFileAsync(_folder.Write("a.jsonl", rows));

        Assert.Equal("Human: a\n\nc\n\nAssistant: b", result.Records[1].Texts[0].Text);
    }

    [Fact]
    public async Task OpenAsync_UnknownFields_ListsThemAndTheNearestLayout()
    {
        var path = _folder.Write("a.jsonl", """{"instruction": "x", "reply": "y"}""");

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(path));

        Assert.Equal(DatasetProblem.UnknownLayout, exception.Problem);
        Assert.Equal(
            $"{path}: no known layout fits: its fields are 'instruction', 'reply'. The nearest layout, 'ranked', lacks 'completions' or 'answers' or 'responses' or 'outputs'. "
            + "Layouts: webgpt, webgpt-records, comparison, rejected-response, ranked, turns, tree, dpo, hh-rlhf, alpaca, kto, scored, "
            + "prompt-response, messages, paper, text. "
            + "Name the fields with --field, such as --field text=body or --field chosen=answer.good --field rejected=answer.bad.",
            exception.Message);
    }

    [Fact]
    public async Task OpenAsync_CsvWithoutHeader_DoesNotShowItsTexts()
    {
        var path = _folder.Write("a.csv", "a private remark about someone,3\nanother,4\n");

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(path));

        Assert.Contains("is the header line missing?", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("private", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_ForcedLayout_GoesBeforeTheDetectedOne()
    {
        Assert.True(DatasetLayout.TryParse("TEXT", out var layout));
        var path = _folder.Write("a.jsonl", """{"chosen": "a", "rejected": "b", "text": "c"}""");

        var result = await ReadResult.OfFileAsync(path, new DatasetReaderOptions { Layout = layout });

        Assert.True(result.Layout?.IsForced);
        Assert.Equal([new ScopedText(TextScope.Text, "c")], Assert.Single(result.Records).Texts);
    }

    [Fact]
    public async Task OpenAsync_ForcedLayoutThatDoesNotFit_SaysWhatIsMissing()
    {
        Assert.True(DatasetLayout.TryParse("alpaca", out var layout));
        var path = _folder.Write("a.jsonl", """{"text": "c"}""");

        var exception = await Assert.ThrowsAsync<DatasetException>(
            () => ReadResult.OfFileAsync(path, new DatasetReaderOptions { Layout = layout }));

        Assert.Equal($"{path}: the layout 'alpaca' needs 'instruction' and 'output', its fields are 'text'.", exception.Message);
    }

    [Theory]
    [InlineData("chosen=a.good", "rejected=a.bad.1", "Good", "Worse")]
    [InlineData("chosen=list.0.v", "rejected=list.1.v", "First", "Second")]
    public async Task OpenAsync_MappedNestedFields_AreRead(string chosen, string rejected, string first, string second)
    {
        Assert.True(FieldMapping.TryParse([chosen, rejected, "id=meta.key"], out var mapping, out var error), error);
        var path = _folder.Write(
            "a.jsonl",
            """{"a": {"good": "Good", "bad": ["Bad", "Worse"]}, "list": [{"v": "First"}, {"v": "Second"}], "meta": {"key": 12345678901234567890}}""");

        var result = await ReadResult.OfFileAsync(path, new DatasetReaderOptions { Layout = DatasetLayout.FromFields(mapping) });

        var record = Assert.Single(result.Records);
        Assert.Equal("12345678901234567890", record.Id);
        Assert.Equal([new(TextScope.Chosen, first), new ScopedText(TextScope.Rejected, second)], record.Texts);
    }

    [Fact]
    public async Task OpenAsync_MappedPrompt_GoesBeforeTheAnswer()
    {
        Assert.True(FieldMapping.TryParse(["prompt=q", "response=a", "label=l"], out var mapping, out _));
        var path = _folder.Write("a.jsonl", """{"q": "Q", "a": "A", "l": "x"}""");

        var result = await ReadResult.OfFileAsync(path, new DatasetReaderOptions { Layout = DatasetLayout.FromFields(mapping) });

        var record = Assert.Single(result.Records);
        Assert.Equal("x", record.Label);
        Assert.Equal([new ScopedText(TextScope.Response, "Human: Q\n\nAssistant: A")], record.Texts);
    }

    [Fact]
    public async Task OpenAsync_ScopeForOneText_IsGivenToIt()
    {
        var path = _folder.Write("a.jsonl", """{"text": "c"}""");

        var result = await ReadResult.OfFileAsync(path, new DatasetReaderOptions { Scope = TextScope.Rejected });

        Assert.Equal(TextScope.Rejected, Assert.Single(result.Records).Texts[0].Scope);
    }

    [Fact]
    public async Task OpenAsync_ScopeForAPair_IsRefused()
    {
        var path = _folder.Write("a.jsonl", """{"chosen": "a", "rejected": "b"}""");

        var exception = await Assert.ThrowsAsync<DatasetException>(
            () => ReadResult.OfFileAsync(path, new DatasetReaderOptions { Scope = TextScope.Text }));

        Assert.Equal(DatasetProblem.InvalidOption, exception.Problem);
    }

    [Theory]
    [InlineData("chosen", "is not PART=PATH")]
    [InlineData("=x", "is not PART=PATH")]
    [InlineData("text=", "is not PART=PATH")]
    [InlineData("chosn=x", "names no part 'chosn'")]
    [InlineData("chosen=x", "without rejected=")]
    [InlineData("rejected=x", "without chosen=")]
    [InlineData("id=x", "no field holds a text")]
    [InlineData("text=x text=y", "or names it twice")]
    [InlineData("text=x response=y", "too many texts")]
    public void TryParse_WrongMapping_SaysWhatIsWrong(string arguments, string expected)
    {
        Assert.False(FieldMapping.TryParse(arguments.Split(' '), out _, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
