using System.Security.Cryptography;
using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

public sealed class CompressionTests : IDisposable
{
    /// <summary>What <c>gzip -n</c> makes of nothing; its trailer of zeros follows data that ends in a zero.</summary>
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_GzipOfSeveralMembers_ReadsAllAndHashesTheFileAsItLies()
    {
        var path = _folder.WriteGzip("a.jsonl.gz", "{\"text\": \"a\"}\n{\"te", "xt\": \"b\"}\n", "", "{\"text\": \"c\"}");

        var result = await ReadResult.OfFileAsync(path);

        Assert.Equal(["a", "b", "c"], result.Records.Select(record => record.Texts[0].Text));
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(
            new DatasetFileInfo(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), DatasetFormat.JsonLines, DatasetCompression.Gzip, "text", 3, 0) { Readings = [new DatasetReading("text", [("text", "text")])] },
            result.File);
    }

    [Fact]
    public async Task ReadAsync_EmptyGzipMembers_HoldNothing()
    {
        var result = await ReadResult.OfBytesAsync("a.jsonl.gz", [.. EmptyMember, .. EmptyMember]);

        Assert.Empty(result.Items);
    }

    [Fact]
    public async Task ReadAsync_GzipCutAnywhere_IsAnErrorAndNeverAShorterFile()
    {
        var content = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 200).Select(row => $$"""{"text": "row {{row}}"}""")));
        var whole = TempFolder.Gzip(content);
        for (var length = 2; length < whole.Length; length++)
        {
            var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfBytesAsync("a.jsonl.gz", whole[..length]));

            Assert.Equal(DatasetProblem.Corrupt, exception.Problem);
            Assert.Contains("cut short or damaged", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ReadAsync_GzipWithAFlippedBit_IsAnError()
    {
        var content = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 200).Select(row => $$"""{"text": "row {{row}}"}""")));
        var broken = TempFolder.Gzip(content);
        broken[^6] ^= 1;

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfBytesAsync("a.jsonl.gz", broken));

        Assert.Equal(DatasetProblem.Corrupt, exception.Problem);
    }

    [Fact]
    public async Task ReadAsync_GzipFollowedByOtherBytes_IsAnError()
    {
        byte[] content = [.. TempFolder.Gzip("{\"text\": \"a\"}\n"u8.ToArray()), .. "{\"text\": \"b\"}\n"u8];

        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfBytesAsync("a.jsonl.gz", content));

        Assert.Equal(DatasetProblem.Corrupt, exception.Problem);
    }

    [Fact]
    public async Task ReadAsync_GzipMembersInRandomPieces_GivesTheSameRows()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var texts = Enumerable.Range(0, random.Next(1, 200)).Select(_ => RandomText.Next(random, 3000)).ToList();
            var lines = RandomText.Lay("a.jsonl", texts).Split('\n').Select(line => Encoding.UTF8.GetBytes(line + "\n"));
            var members = lines.SelectMany(line => random.Next(5) == 0
                ? [.. EmptyMember, .. TempFolder.Gzip(line)]
                : TempFolder.Gzip(line)).ToArray();

            var result = await ReadResult.OfBytesAsync("a.jsonl.gz", members, random.Next(1, 20_000));

            Assert.True(texts.SequenceEqual(result.Records.Select(record => record.Texts[0].Text)), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task ReadAsync_GzipHeaderWithAllOptionalFields_IsRead()
    {
        var plain = TempFolder.Gzip("{\"text\": \"a\"}"u8.ToArray());
        byte[] optional = [3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0, 0, 0];
        byte[] content = [.. plain[..3], 0x1E, .. plain[4..10], .. optional, .. plain[10..]];

        var result = await ReadResult.OfBytesAsync("a.jsonl.gz", content);

        Assert.Single(result.Records);
    }

    [Fact]
    public async Task ReadAsync_GzipWithoutTheExtension_IsToldByItsContent()
    {
        var result = await ReadResult.OfBytesAsync("a.jsonl", TempFolder.Gzip("{\"text\": \"a\"}"u8.ToArray()));

        Assert.Equal(DatasetCompression.Gzip, result.File.Compression);
        Assert.Single(result.Records);
    }

    [Fact]
    public async Task ReadAsync_PlainTextNamedGz_IsReadAsWhatItIs()
    {
        var result = await ReadResult.OfBytesAsync("a.jsonl.gz", "{\"text\": \"a\"}"u8.ToArray());

        Assert.Equal(DatasetCompression.None, result.File.Compression);
        Assert.Single(result.Records);
    }

    [Fact]
    public async Task ReadAsync_EmptyFile_HasNoRowsAndNoLayout()
    {
        var result = await ReadResult.OfBytesAsync("a.jsonl", []);

        Assert.Empty(result.Items);
        Assert.Null(result.Layout);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([])), result.File.Sha256);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x7B })]
    public async Task OpenAsync_Utf16_IsRefusedWithAWayOut(byte[] content)
    {
        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfBytesAsync("a.jsonl", content));

        Assert.Equal(DatasetProblem.Unsupported, exception.Problem);
        Assert.Contains("iconv", exception.Message, StringComparison.Ordinal);
    }
}
