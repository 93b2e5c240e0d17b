using System.Security.Cryptography;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets.Formats.Parquet;

namespace ValueImprint.Datasets.Tests;

public sealed class ParquetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_ManyRowGroups_GivesTheRowsInTheirOrder()
    {
        var path = Write(
            "SELECT 'id-' || i AS id, 'prompt ' || i AS prompt, 'chosen ' || i AS chosen, 'rejected ' || i AS rejected FROM range(10000) r(i)",
            ", ROW_GROUP_SIZE 2048");

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal("dpo", result.Layout?.Layout.Name);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(row => $"id-{row}"), result.Records.Select(record => record.Id));
        Assert.Equal(
            [new(TextScope.Chosen, "Human: prompt 9999\n\nAssistant: chosen 9999"), new ScopedText(TextScope.Rejected, "Human: prompt 9999\n\nAssistant: rejected 9999")],
            result.Records[^1].Texts);
        Assert.Equal(10_000, result.Records[^1].Line);
    }

    [Fact]
    public async Task ReadAsync_Parquet_HashesTheFileAsItLies()
    {
        var path = Write("SELECT 'a' AS text");

        var result = await ReadResult.OfFileAsync(path);

        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(
            new DatasetFileInfo(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), DatasetFormat.Parquet, DatasetCompression.None, "text", 1, 0),
            result.File);
    }

    [Fact]
    public async Task ReadAsync_ListOfStructs_IsMessages()
    {
        var path = Write("""
            SELECT [{'role': 'user', 'content': E'Q "1"\n'}, {'role': 'assistant', 'content': 'A ' || chr(128512)}] AS chosen,
                   [{'role': 'user', 'content': 'Q'}, {'role': 'assistant', 'content': 'B'}] AS rejected, 0.5::FLOAT AS score
            """);

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal(
            ["Human: Q \"1\"\n\nAssistant: A 😀", "Human: Q\n\nAssistant: B"],
            Assert.Single(result.Records).Texts.Select(text => text.Text));
    }

    [Fact]
    public async Task ReadAsync_WebGptStructs_AreNestedFields()
    {
        var path = Write("""
            SELECT {'dataset': 'd', 'id': 'q', 'full_text': 'Q'} AS question, {'title': ['t']} AS quotes_0, 'A' AS answer_0, -1.0::DOUBLE AS score_0,
                   'B' AS answer_1, 1.0::DOUBLE AS score_1
            """);

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal("webgpt", result.Layout?.Layout.Name);
        Assert.Equal("Human: Q\n\nAssistant: B", Assert.Single(result.Records).Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_NullsAndTextsOfAnyLength_AreRejectedOrRead()
    {
        var path = Write("""
            SELECT CASE WHEN i = 1 THEN NULL WHEN i = 2 THEN ' ' WHEN i = 3 THEN repeat('x', 3000) ELSE repeat('é', i) END AS text, i AS id
            FROM range(16) r(i) WHERE i > 0
            """);

        var result = await ReadResult.OfFileAsync(path, new DatasetReaderOptions { MaxRowBytes = 2048 });

        Assert.Equal(
            [(1L, RejectionReason.MissingField), (2L, RejectionReason.EmptyText), (3L, RejectionReason.RowTooLong)],
            result.Rejected.Select(row => (row.Row, row.Reason)));
        Assert.Equal(Enumerable.Range(4, 12).Select(length => new string('é', length)), result.Records.Select(record => record.Texts[0].Text));
        Assert.Equal("4", result.Records[0].Id);
    }

    [Fact]
    public async Task ReadAsync_StringsWithoutTheMark_AreReadAsText()
    {
        var path = Write("SELECT 'bytes'::BLOB AS text");

        Assert.Equal("bytes", Assert.Single((await ReadResult.OfFileAsync(path)).Records).Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_BytesThatAreNoText_AreAnErrorOfTheFile()
    {
        var path = Write("SELECT '\\xFF\\xFE'::BLOB AS text");

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(path));

        Assert.Equal(DatasetProblem.Corrupt, exception.Problem);
    }

    [Fact]
    public async Task ReadAsync_NoRows_HasNoLayout()
    {
        var result = await ReadResult.OfFileAsync(Write("SELECT 'a' AS text WHERE false"));

        Assert.Empty(result.Items);
        Assert.Null(result.Layout);
    }

    [Theory]
    [InlineData("a[1]'*?.parquet")]
    [InlineData("lang=en/part.parquet")]
    public async Task ReadAsync_NameThatLooksLikeSomethingElse_IsTakenAsItStands(string name)
    {
        var plain = Write("SELECT 'a' AS text");
        var path = _folder.Write(name, await File.ReadAllBytesAsync(plain, TestContext.Current.CancellationToken));

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal(["text"], result.Layout?.Fields);
        Assert.Single(result.Records);
    }

    [Fact]
    public async Task ReadAsync_FileCutShort_IsAnError()
    {
        var path = Write("SELECT 'text ' || i AS text FROM range(5000) r(i)");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(_folder.Write("cut.parquet", bytes[..^20])));

        Assert.Equal(DatasetProblem.Corrupt, exception.Problem);
        Assert.Contains("cut.parquet", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_ParquetFromAStream_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfBytesAsync("-", "PAR1...."u8.ToArray()));

        Assert.Equal(DatasetProblem.Unsupported, exception.Problem);
    }

    [Fact]
    public async Task OpenAsync_NamedParquetButIsNot_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(_folder.Write("a.parquet", "text")));

        Assert.Contains("is named Parquet, and is not", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_WithoutTheLibrary_SaysWhatToDo()
    {
        Assert.SkipWhen(DuckDbLibrary.IsThere, "DuckDB's library is there.");

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(_folder.Write("a.parquet", "PAR1")));

        Assert.Equal(DatasetProblem.Unsupported, exception.Problem);
        Assert.Contains(DuckDbLibrary.PathVariable, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BytesRead_Parquet_GrowsToTheFilesSize()
    {
        var path = Write("SELECT 'text ' || i AS text FROM range(5000) r(i)");
        await using var reader = await DatasetReader.OpenAsync(DatasetSource.FromFile(path), cancellationToken: TestContext.Current.CancellationToken);
        var seen = new List<long>();

        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            seen.Add(reader.BytesRead);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.InRange(seen[2500], reader.Length!.Value * 0.4, reader.Length.Value * 0.6);
        Assert.Equal(reader.Length, reader.BytesRead);
    }

    private string Write(string query, string options = "") =>
        ParquetWriter.Write(Path.Combine(_folder.Root, "rows.parquet"), query, options);
}
