using System.Diagnostics;
using Grpc.Core;
using ValueImprint.Bench.Figures;

namespace ValueImprint.Bench.Serving;

/// <summary>Clients that each send their next text when the former one is answered.</summary>
internal static class ClosedLoad
{
    /// <summary>Runs clients for a while.</summary>
    /// <returns>Texts a second, and each call's milliseconds.</returns>
    public static async Task<(double Rate, Series Latency)> RunAsync(UnaryCaller caller, IReadOnlyList<string> texts, int clients, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var next = -1;
        var latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            List<double> own = [];
            while (clock.Elapsed < time)
            {
                var text = texts[Interlocked.Increment(ref next) % texts.Count];
                var began = Stopwatch.GetTimestamp();
                var status = await caller.CallAsync(text, TimeSpan.FromMinutes(1));
                if (status != StatusCode.OK)
                {
                    throw new InvalidOperationException($"A call under a load that should fit ended with {status}.");
                }

                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return own;
        })));
        var all = new Series();
        all.AddRange(latencies.SelectMany(static own => own));
        return (all.Count / clock.Elapsed.TotalSeconds, all);
    }
}
