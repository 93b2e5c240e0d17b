using System.Diagnostics;
using System.Text;
using ValueImprint.Datasets.Compression;

namespace ValueImprint.Datasets.Tests;

/// <summary>Compares with the reference tool wherever it is installed; without it small frames that it made are read.</summary>
public sealed class ZstandardTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--fast=5")]
    [InlineData("-1")]
    [InlineData("-3")]
    [InlineData("-9")]
    [InlineData("-19")]
    [InlineData("-3 --no-check")]
    [InlineData("-3 --no-content-size")]
    [InlineData("-19 --long=24")]
    [InlineData("-1 --zstd=wlog=10")]
    public async Task ReadAsync_FilesOfTheReferenceTool_GivesTheirContent(string arguments)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        foreach (var content in Contents(random))
        {
            var compressed = await CompressAsync(content, arguments);

            var decoded = await DecodeAsync(compressed, random.Next(1, 300_000));

            Assert.True(content.AsSpan().SequenceEqual(decoded), $"seed {seed}: {content.Length} bytes, {decoded.Length} decoded");
        }
    }

    [Fact]
    public async Task ReadAsync_SeveralAndSkippableFrames_AreReadOn()
    {
        byte[] skippable = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] content = [.. skippable, .. Frame, .. skippable, .. Frame, .. skippable];

        Assert.Equal("{\"text\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n{\"text\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n", Encoding.UTF8.GetString(await DecodeAsync(content, 3)));
    }

    [Fact]
    public async Task ReadAsync_ZstandardRows_AreRead()
    {
        var result = await ReadResult.OfFileAsync(_folder.Write("a.jsonl.zst", [.. Frame, .. Frame]));

        Assert.Equal(2, result.Records.Count);
        Assert.Equal(DatasetCompression.Zstandard, result.File.Compression);
        Assert.Equal(DatasetFormat.JsonLines, result.File.Format);
        Assert.Equal(2 * Frame.Length, result.File.Bytes);
    }

    [Fact]
    public async Task ReadAsync_FrameCutAnywhere_IsAnError()
    {
        for (var length = 4; length < Frame.Length; length++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(Frame[..length], 100));
        }
    }

    [Fact]
    public async Task ReadAsync_AnyFlippedBit_IsAnErrorOrTheSameContentAndNothingElse()
    {
        var content = await DecodeAsync(Frame, 100);
        for (var bit = 0; bit < Frame.Length * 8; bit++)
        {
            var broken = Frame.ToArray();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(content, await DecodeAsync(broken, 100));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public async Task ReadAsync_RandomDamage_IsAnErrorAndNothingElse()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var whole = await CompressAsync(Contents(random).ElementAt(4), "-9 --no-check");
        for (var round = 0; round < 60; round++)
        {
            var broken = whole.ToArray();
            broken[random.Next(12, broken.Length)] = (byte)random.Next(256);
            try
            {
                await DecodeAsync(broken, 100_000);
            }
            catch (InvalidDataException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}, round {round}: {exception}");
            }
        }
    }

    [Fact]
    public async Task ReadAsync_WindowBeyondTheLimit_IsRefused()
    {
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFF, 1, 0, 0];

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync(frame, 10));

        Assert.Contains("--long", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_SomethingBehindAFrame_IsAnError() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => DecodeAsync([.. Frame, .. "more"u8], 10));

    /// <summary>What <c>zstd -19</c> makes of one row with 32 times the letter a.</summary>
    private static byte[] Frame { get; } = Convert.FromBase64String("KLUv/QRopQAAcHsidGV4dCI6ICJhIn0KAQAN8AKj638x");

    private static IEnumerable<byte[]> Contents(Random random)
    {
        yield return [];
        yield return [7];
        yield return new byte[500_000];
        yield return Encoding.UTF8.GetBytes(RandomText.Lay("a.jsonl", [.. Enumerable.Range(0, 2)
            .Select(_ => RandomText.Next(random, 300))]));
        yield return Encoding.UTF8.GetBytes(RandomText.Lay("a.jsonl", [.. Enumerable.Range(0, 300)
            .Select(_ => RandomText.Next(random, 3000))]));
        var noise = new byte[100_000];
        random.NextBytes(noise);
        yield return noise;

        // Copies from far back, of what is half noise.
        var mixed = new byte[700_000];
        for (var index = 0; index < mixed.Length; index++)
        {
            mixed[index] = index > 100_000 && random.Next(1000) > 2 ? mixed[index - 77_777] : (byte)(random.Next(4) * random.Next(60));
        }

        yield return mixed;
    }

    private static async Task<byte[]> DecodeAsync(byte[] compressed, int piece)
    {
        await using var stream = new ZstandardStream(new PiecewiseStream(compressed, piece));
        using var decoded = new MemoryStream();
        var buffer = new byte[60_000];
        int read;
        while ((read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            decoded.Write(buffer, 0, read);
        }

        return decoded.ToArray();
    }

    private async Task<byte[]> CompressAsync(byte[] content, string arguments)
    {
        var path = _folder.Write("content", content);
        try
        {
            using var zstd = Process.Start(new ProcessStartInfo("zstd", $"-q -f {arguments} {path} -o {path}.zst"))!;
            await zstd.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, zstd.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("the zstd command is not installed.");
        }

        return await File.ReadAllBytesAsync(path + ".zst", TestContext.Current.CancellationToken);
    }
}
