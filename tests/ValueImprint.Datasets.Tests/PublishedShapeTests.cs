using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

/// <summary>Small files of our own, in the shape in which the datasets of the paper's three audits are published: name, compression, fields.</summary>
public sealed class PublishedShapeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_HhRlhf_IsPairsOfDialoguesInGzippedJsonLines()
    {
        var path = _folder.WriteGzip(
            Path.Combine("harmless-base", "train.jsonl.gz"),
            "{\"chosen\":\"\\n\\nHuman: Is it late?\\n\\nAssistant: Past ten.\",\"rejected\":\"\\n\\nHuman: Is it late?\\n\\nAssistant: No idea.\"}\n"
            + "{\"chosen\":\"\\n\\nHuman: Hi\\n\\nAssistant: Hello.\\n\\nHuman: Bye\\n\\nAssistant: See you.\",\"rejected\":\"\\n\\nHuman: Hi\\n\\nAssistant: Hello.\\n\\nHuman: Bye\\n\\nAssistant: \"}\n");

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal((DatasetFormat.JsonLines, DatasetCompression.Gzip, "hh-rlhf"), (result.File!.Format, result.File.Compression, result.File.Layout));
        Assert.Equal("Human: Is it late?\n\nAssistant: Past ten.", result.Records[0].Texts[0].Text);
        Assert.All(result.Records, static record => Assert.True(record.IsPair));
        Assert.Equal(2, result.Records.Count);
    }

    [Theory]
    [InlineData(1.0, TextScope.Chosen, TextScope.Rejected)]
    [InlineData(0.0, TextScope.Response, TextScope.Response)]
    public async Task ReadAsync_WebGptAsOpenAiPublishesIt_IsListsOfTwoRecords(double score, TextScope first, TextScope second)
    {
        var path = _folder.Write("comparisons.jsonl", $"[{Record("A [1].", score)}, {Record("B", -score)}]\n[{Record("C", score)}, {Record("D", -score)}]\n");

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal((DatasetFormat.JsonLines, "webgpt-records", 2L, 0L), (result.File!.Format, result.File.Layout, result.File.Rows, result.File.RejectedRows));
        Assert.Equal(
            [new(first, "Human: Why is rain wet?\n\nAssistant: A [1]."), new ScopedText(second, "Human: Why is rain wet?\n\nAssistant: B")], result.Records[0].Texts);
    }

    [Fact]
    public async Task ReadAsync_WebGptRecords_RejectsWhatIsNoPair()
    {
        var path = _folder.Write("comparisons.jsonl", $"[{Record("A", 1)}, {Record("B", -1)}]\n[{Record("C", 1)}]\n[]\n[1, 2]\n{Record("D", 1)}\n");

        var result = await ReadResult.OfFileAsync(path);

        // The last line is a record of its own, with one answer.
        Assert.Equal([1L, 5], result.Records.Select(static record => record.Line));
        Assert.Equal([TextScope.Response], result.Records[1].Texts.Select(static text => text.Scope));
        Assert.Equal([2L, 3, 4], result.Rejected.Select(static row => row.Line));
        Assert.All(result.Rejected, static row => Assert.Equal(RejectionReason.MissingField, row.Reason));
    }

    [Fact]
    public async Task ReadAsync_WebGptAsTheHubExportsIt_IsParquetWithNestedColumns()
    {
        var result = await ReadResult.OfFileAsync(RepositoryRoot.File("tests/fixtures/parquet/webgpt.parquet"));

        Assert.Equal("webgpt", result.File!.Layout);
        Assert.Equal(new ScopedText(TextScope.Chosen, "Human: Why is rain wet?\n\nAssistant: B"), Assert.Single(result.Records).Texts[0]);
    }

    [Fact]
    public async Task ReadAsync_AlpacaGpt4_IsAnIndentedJsonArray()
    {
        var path = _folder.Write("alpaca_gpt4_data.json", """
            [
                {
                    "instruction": "Name a colour.",
                    "input": "",
                    "output": "Blue \u00fcber alles?\nNo: green."
                },
                {
                    "instruction": "Shorten this.",
                    "input": "A long text",
                    "output": "A text"
                }
            ]
            """);

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal((DatasetFormat.Json, "alpaca", 2L), (result.File!.Format, result.File.Layout, result.File.Rows));
        Assert.Equal(
            ["Human: Name a colour.\n\nAssistant: Blue über alles?\nNo: green.", "Human: Shorten this.\n\nA long text\n\nAssistant: A text"],
            result.Records.Select(static record => Assert.Single(record.Texts).Text));
        Assert.All(result.Records, static record => Assert.Equal(TextScope.Response, record.Texts[0].Scope));
    }

    private static string Record(string answer, double score) => new StringBuilder("""{"question": {"dataset": "eli5", "id": "x1", "full_text": "Why is rain wet?"}, """)
        .Append("\"quotes\": {\"title\": [\"T\"], \"extract\": [\"E\"]}, \"tokens\": {\"prefix\": [1, 2], \"completion\": [3]}, ")
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"\"answer\": \"{answer}\", \"score\": {score:0.0}}}").ToString();
}
