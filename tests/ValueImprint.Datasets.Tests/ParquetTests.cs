using System.Security.Cryptography;
using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

/// <summary>Files that another writer made (tests/fixtures/parquet), and what is written here.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_NestedMessagesOverRowGroups_GivesTheRowsInTheirOrder()
    {
        var result = await ReadResult.OfFileAsync(Fixture("messages.zstd.parquet"));

        Assert.Equal("hh-rlhf", result.Layout?.Layout.Name);
        Assert.Empty(result.Rejected);
        Assert.Equal(Enumerable.Range(0, 5000).Select(row => $"row-{row}"), result.Records.Select(record => record.Id));
        Assert.Equal(
            [
                new(TextScope.Chosen, "Human: Question 1\n\nAssistant: A good answer: éééé \"4999\"\n😀"),
                new ScopedText(TextScope.Rejected, "Human: Question 1\n\nAssistant: Another one."),
            ],
            result.Records[^1].Texts);
        Assert.Equal(5000, result.Records[^1].Line);
    }

    [Fact]
    public async Task OpenAsync_ColumnsThatNobodyReads_AreKnownByTheSchemaAndNotRead()
    {
        var result = await ReadResult.OfFileAsync(Fixture("messages.zstd.parquet"));

        Assert.Equal(
            ["prompt_id", "chosen", "rejected", "margin", "image", "meta", "counts", "t"],
            result.Layout?.Fields);
    }

    [Fact]
    public async Task ReadAsync_DictionaryStringsAndNulls_AreReadOrRejected()
    {
        var result = await ReadResult.OfFileAsync(Fixture("strings.snappy.parquet"));

        Assert.Equal("dpo", result.Layout?.Layout.Name);
        Assert.Equal(
            [(2L, RejectionReason.MissingField), (3L, RejectionReason.EmptyText)], result.Rejected.Select(row => (row.Row, row.Reason)));
        Assert.Equal(
            "Human: prompt 0\n\nAssistant: chosen " + new string('x', 180), result.Records.Single(static record => record.Id == "9").Texts[0].Text);
    }

    [Fact]
    public async Task ReadAsync_BytesThatAreNoText_RejectTheirRowWithoutShowingThem()
    {
        var result = await ReadResult.OfFileAsync(Fixture("not-utf8.parquet"));

        Assert.Single(result.Records);
        var row = Assert.Single(result.Rejected);
        Assert.Equal(RejectionReason.InvalidUtf8, row.Reason);
        Assert.Equal("column 'chosen' holds bytes that are not UTF-8; convert the file, or drop the row.", row.Message);
    }

    [Fact]
    public async Task ReadAsync_LongTexts_AreRejectedByTheLimit()
    {
        var path = Write("""{"text":"short"}""", $$"""{"text":"{{new string('x', 3000)}}"}""");

        var result = await ReadResult.OfFileAsync(path, new DatasetReaderOptions { MaxRowBytes = 2048 });

        Assert.Equal((2L, RejectionReason.RowTooLong), (Assert.Single(result.Rejected).Row, result.Rejected[0].Reason));
    }

    [Fact]
    public async Task ReadAsync_AnswersBesideAColumnThatNobodyReads_AreRejected()
    {
        var lines = _folder.Write("rows.jsonl", """{"state":"Q","chosen":"A","rejected":"B"}"""u8.ToArray());
        var path = Path.Combine(_folder.Root, "rows.parquet");
        ParquetTable.Write(
            lines, path, [.. ((string[])["state", "chosen", "rejected"]).Select(static name => new ParquetColumn(name, typeof(string)))], new Dictionary<string, string>());

        var rejected = Assert.Single((await ReadResult.OfFileAsync(path)).Rejected);

        Assert.Equal(RejectionReason.UnexpectedField, rejected.Reason);
        Assert.Contains("--field prompt=state", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Parquet_HashesTheFileAsItLies()
    {
        var path = Write("""{"text":"a"}""");

        var result = await ReadResult.OfFileAsync(path);

        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (result.File.Bytes, result.File.Sha256));
        Assert.Equal(DatasetFormat.Parquet, result.File.Format);
    }

    [Fact]
    public async Task ReadAsync_NoRows_HasNoLayout()
    {
        var result = await ReadResult.OfFileAsync(Write());

        Assert.Empty(result.Items);
        Assert.Null(result.Layout);
    }

    [Fact]
    public async Task ReadAsync_NameThatLooksLikeSomethingElse_IsTakenAsItStands()
    {
        var path = _folder.Write("a[1]'*?.parquet", await File.ReadAllBytesAsync(Write("""{"text":"a"}"""), TestContext.Current.CancellationToken));

        Assert.Single((await ReadResult.OfFileAsync(path)).Records);
    }

    [Fact]
    public async Task ReadAsync_FileCutAnywhere_IsAnErrorThatNamesTheFile()
    {
        var bytes = await File.ReadAllBytesAsync(Fixture("strings.snappy.parquet"), TestContext.Current.CancellationToken);
        for (var length = 4; length < bytes.Length; length += 7)
        {
            var path = _folder.Write("cut.parquet", bytes[..length]);

            var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(path));

            Assert.Equal(DatasetProblem.Corrupt, exception.Problem);
            Assert.StartsWith(path + ": its footer can't be read as Parquet", exception.Message, StringComparison.Ordinal);
        }
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
    public async Task BytesRead_Parquet_GrowsToTheFilesSize()
    {
        await using var reader = await DatasetReader.OpenAsync(
            DatasetSource.FromFile(Fixture("messages.zstd.parquet")), cancellationToken: TestContext.Current.CancellationToken);
        var seen = new List<long>();

        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            seen.Add(reader.BytesRead);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.InRange(seen[2500], reader.Length!.Value * 0.4, reader.Length.Value * 0.6);
        Assert.Equal(reader.Length, reader.BytesRead);
    }

    /// <summary>The format's own test files are read by their schema's first text column, or refused with a reason.</summary>
    [Fact]
    public async Task ReadAsync_TheFormatsOwnTestFiles_AreReadOrRefused()
    {
        var folder = Path.GetDirectoryName(RealData.Require("parquet-testing/alltypes_plain.parquet"))!;
        foreach (var path in Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories))
        {
            foreach (var field in await FieldsAsync(path))
            {
                try
                {
                    await ReadResult.OfFileAsync(path, new DatasetReaderOptions { Layout = DatasetLayout.FromFields(new FieldMapping { Text = field }) });
                }
                catch (DatasetException exception)
                {
                    Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    private static async Task<IReadOnlyList<string>> FieldsAsync(string path)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            await using var file = await Formats.ParquetFile.OpenAsync(path, stream, TestContext.Current.CancellationToken);
            return [.. file.Fields.Select(static field => field.Name)];
        }
        catch (DatasetException)
        {
            return ["text"];
        }
    }

    private static string Fixture(string name) => RepositoryRoot.File("tests/fixtures/parquet/" + name);

    private string Write(params string[] rows)
    {
        var lines = _folder.Write("rows.jsonl", Encoding.UTF8.GetBytes(string.Concat(rows.Select(static row => row + "\n"))));
        var path = Path.Combine(_folder.Root, "rows.parquet");
        ParquetTable.Write(lines, path, [new ParquetColumn("text", typeof(string))], new Dictionary<string, string>());
        return path;
    }
}
