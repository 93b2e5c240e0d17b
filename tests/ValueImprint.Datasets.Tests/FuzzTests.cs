using System.Globalization;

namespace ValueImprint.Datasets.Tests;

/// <summary>
/// Whatever becomes of a file, reading it ends in rows, rejected rows or a <see cref="DatasetException"/> that shows none of its texts.
/// VALUEIMPRINT_FUZZ_ROUNDS sets how many mutations each reader gets, by default 300.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly byte[] _telling = "{}[]\",:;\\\n\r\t\0\"\"ud8'"u8.ToArray();
    private static readonly int _rounds =
        int.TryParse(Environment.GetEnvironmentVariable("VALUEIMPRINT_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 300;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("layouts/*.jsonl", "rows.jsonl")]
    [InlineData("layouts/*.jsonl", "rows.json")]
    [InlineData("layouts/*.jsonl", "rows.csv")]
    [InlineData("parquet/*.parquet", "rows.parquet")]
    public async Task ReadAsync_MutatedFile_IsReadOrRefused(string pattern, string name)
    {
        var files = Directory.GetFiles(RepositoryRoot.File("tests/fixtures/" + Path.GetDirectoryName(pattern)), Path.GetFileName(pattern));
        Array.Sort(files, StringComparer.Ordinal);
        var contents = files.Select(File.ReadAllBytes).ToList();
        var seed = _rounds == 300 ? 20_240_601 : Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < _rounds; round++)
        {
            var content = Mutate(contents[random.Next(contents.Count)], random);
            try
            {
                await ReadResult.OfFileAsync(_folder.Write(name, content));
            }
            catch (DatasetException exception)
            {
                Assert.DoesNotContain("private entry", exception.Message, StringComparison.Ordinal);
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}, round {round}: {exception}");
            }
        }
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var content = whole.ToArray();
        for (var damage = random.Next(1, 8); damage > 0; damage--)
        {
            content[random.Next(content.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : _telling[random.Next(_telling.Length)];
        }

        return random.Next(6) switch
        {
            0 => content[..random.Next(content.Length)],
            1 => [.. content[..random.Next(content.Length)], .. content[random.Next(content.Length)..]],
            _ => content,
        };
    }
}
