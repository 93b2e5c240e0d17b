using System.Text;

namespace ValueImprint.Datasets.Tests;

public sealed class ParquetTableTests : IDisposable
{
    private static readonly ParquetColumn[] _columns =
    [
        new("name", typeof(string)), new("number", typeof(long)), new("score", typeof(float)), new("scores", typeof(Dictionary<string, float>)), new("flag", typeof(bool)),
        new("names", typeof(string[])), new("tokens", typeof(int)),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Rows_AreReadBackInTheirOrder()
    {
        var lines = string.Concat(Enumerable.Range(0, 50_000).Select(static i => $$"""{"name":"it's {{i}}","number":{{i}}}""" + "\n"));

        var rows = Roundtrip(lines, new Dictionary<string, string>(), out _);

        Assert.Equal(50_000, rows.Count);
        Assert.StartsWith("""{"name":"it's 0","number":0,"score":null""", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"name":"it's 49999","number":49999,""", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Scores_KeepEveryBit()
    {
        var random = new Random(5);
        float[] scores = [0, 1, float.Epsilon, 0.1f, MathF.BitDecrement(0.4f), .. Enumerable.Range(0, 500).Select(_ => random.NextSingle())];
        var lines = string.Concat(scores.Select(static score => FormattableString.Invariant($$"""{"scores":{"a":{{score}},"b":0.5},"score":{{score}}}""") + "\n"));

        var rows = Roundtrip(lines, new Dictionary<string, string>(), out _);

        Assert.Equal(scores, rows.Select(static row => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("score").GetSingle()));
        Assert.Equal(scores, rows.Select(static row => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("scores").GetProperty("a").GetSingle()));
    }

    [Theory]
    [InlineData("""{"names":["a",null,""],"scores":{"x":1,"y":null},"flag":false,"tokens":7}""")]
    [InlineData("""{"names":[],"scores":{},"flag":null,"tokens":null}""")]
    [InlineData("""{"names":null,"scores":null,"flag":true,"tokens":-1}""")]
    public void Write_ListsAndMaps_AreReadBackAsTheyWere(string row)
    {
        var rows = Roundtrip(row + "\n{}\n" + row + "\n", new Dictionary<string, string>(), out _);

        var expected = System.Text.Json.Nodes.JsonNode.Parse(row)!.AsObject();
        foreach (var read in new[] { rows[0], rows[2] }.Select(static json => System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject()))
        {
            Assert.All(expected, member => Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(member.Value, read[member.Key]), $"{member.Key}: {read[member.Key]}"));
        }

        Assert.All(System.Text.Json.Nodes.JsonNode.Parse(rows[1])!.AsObject(), static member => Assert.Null(member.Value));
    }

    [Fact]
    public void Write_Metadata_IsInTheFooter()
    {
        const string content = "{\"name\": \"größer 'als' \\\"nichts\\\"\"}";

        Roundtrip("{\"flag\":true}\n", new Dictionary<string, string> { ["first"] = content, ["second"] = "2" }, out var path);

        using var table = ParquetTable.Open(path);
        Assert.Equal(content, table.Metadata("first"));
        Assert.Equal("2", table.Metadata("second"));
        Assert.Null(table.Metadata("third"));
    }

    [Fact]
    public void Write_MemberThatDoesNotFit_SaysSo()
    {
        var fault = Assert.Throws<DatasetException>(() => Roundtrip("{\"number\":\"many\"}\n", new Dictionary<string, string>(), out _));

        Assert.Contains("x.parquet: member 'number' of result 1 is not of its column's type", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoParquet_SaysSo()
    {
        var path = _folder.Write("x.parquet", "{}"u8.ToArray());

        var fault = Assert.Throws<DatasetException>(() => ParquetTable.Open(path));

        Assert.Equal(DatasetProblem.Corrupt, fault.Problem);
    }

    private List<string> Roundtrip(string lines, Dictionary<string, string> metadata, out string path)
    {
        // A name with a pattern in it is still a name.
        var source = _folder.Write("rows[1].jsonl", Encoding.UTF8.GetBytes(lines));
        path = Path.Combine(Path.GetDirectoryName(source)!, "x.parquet"); // A path of a file has a folder.
        ParquetTable.Write(source, path, _columns, metadata);
        using var table = ParquetTable.Open(path);
        var rows = new List<string>();
        while (table.MoveNext())
        {
            rows.Add(Encoding.UTF8.GetString(table.Current));
        }

        return rows;
    }
}
