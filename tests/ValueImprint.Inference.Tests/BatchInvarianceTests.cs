using System.Globalization;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests;

/// <summary>A text gets the same bits in whatever company, order, batch limit and number of threads it runs.</summary>
public sealed class BatchInvarianceTests
{
    public static TheoryData<string> Packages => ["transformer", "default"];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Scores_AnyCompanyOrderLimitsAndThreads_AreTheSameBits(string name)
    {
        using var folder = name == "transformer" ? new PackageFolder(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7)) : null;
        var path = folder?.Path ?? ModelPackage.DefaultFolder;
        Assert.SkipUnless(Directory.Exists(path), $"There is no default model in {path}.");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] texts = [.. Enumerable.Range(0, 48).Select(_ => RandomText.Next(random, 60)).Where(static text => !string.IsNullOrWhiteSpace(text))];

        // Each one alone first: that is what every other run must give.
        var expected = await Run(path, texts, new EngineOptions { MaxBatchTexts = 1, IntraOpThreads = 1 }, LanePriority.Interactive, seed);
        foreach (var (batch, tokens, threads, priority) in new[]
            { (2, 512, 1, LanePriority.Bulk), (3, 8192, 2, LanePriority.Bulk), (64, 512, 2, LanePriority.Interactive), (64, 8192, 1, LanePriority.Bulk) })
        {
            var options = new EngineOptions { MaxBatchTexts = batch, BatchTokens = tokens, IntraOpThreads = threads };

            Assert.Equal(expected, await Run(path, texts, options, priority, seed + batch));
        }
    }

    // The scores' and the stance score's bits of each text.
    private static async Task<string[]> Run(string path, string[] texts, EngineOptions options, LanePriority priority, int seed)
    {
        await using var engine = await InferenceEngine.StartAsync(ModelPackage.Load(path), options with { Device = ExecutionDevice.Cpu });
        var order = Enumerable.Range(0, texts.Length).ToArray();
        new Random(seed).Shuffle(order);
        var bits = new string[texts.Length];
        await Task.WhenAll(order.Chunk(12).Select(async chunk =>
        {
            using var lane = engine.OpenLane(priority);
            var pending = new List<(int Index, Task<TextOutcome> Outcome)>();
            foreach (var index in chunk)
            {
                pending.Add((index, (await lane.EnqueueAsync(texts[index], default)).AsTask()));
            }

            foreach (var (index, outcome) in pending)
            {
                var result = await outcome;
                Assert.Null(result.Fault);
                bits[index] = string.Join(' ', result.Scores.ToArray().Append(result.StanceScore).Select(static score =>
                    BitConverter.SingleToInt32Bits(score).ToString("x8", CultureInfo.InvariantCulture)));
            }
        })).Soon();
        return bits;
    }
}
