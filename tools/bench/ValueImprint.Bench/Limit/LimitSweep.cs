using System.Diagnostics;
using ValueImprint.Bench.Figures;
using ValueImprint.Inference.Models;

namespace ValueImprint.Bench.Limit;

/// <summary>Finds the limit loop's best setting: how the cores are shared out, spinning, and tokens a batch.</summary>
internal static class LimitSweep
{
    private const int Finalists = 3;
    private const int FinalRounds = 3;

    private static readonly int[] Tokens = [1024, 2048, 4096, 8192];

    public static LimitSettings Find(ModelPackage package, IReadOnlyList<string> texts, int rounds)
    {
        var cores = Environment.ProcessorCount;
        (int Runs, int Threads, bool Spins)[] shares = [(1, cores, false), (1, cores, true), (cores, 1, false)];
        var candidates = shares.SelectMany(share => Tokens.Select(
            tokens => new LimitSettings(share.Runs, share.Threads, share.Spins, tokens))).ToDictionary(static settings => settings, static _ => new Series());

        for (var round = 0; round < rounds; round++)
        {
            Race(package, texts, candidates);
        }

        // A few rounds tell the good from the bad, not the best from the second best.
        var best = candidates.OrderBy(static candidate => candidate.Value.Median).Take(Finalists).ToDictionary();
        for (var round = 0; round < FinalRounds * rounds; round++)
        {
            Race(package, texts, best);
        }

        foreach (var (settings, times) in candidates)
        {
            Progress.Say($"limit, {package.Description.Variant}, {settings}: {texts.Count / times.Least:0} texts/s");
        }

        return best.MinBy(static candidate => candidate.Value.Median).Key;
    }

    // Every candidate in each round, so that a slow minute of the machine strikes them all.
    private static void Race(ModelPackage package, IReadOnlyList<string> texts, Dictionary<LimitSettings, Series> candidates)
    {
        foreach (var (settings, times) in candidates)
        {
            using var loop = new LimitLoop(package, settings);
            var encoded = loop.Encode(texts);
            loop.Run(encoded[..Math.Min(encoded.Length, 32)]);
            var clock = Stopwatch.StartNew();
            loop.Run(encoded);
            times.Add(clock.Elapsed.TotalSeconds);
        }
    }
}
