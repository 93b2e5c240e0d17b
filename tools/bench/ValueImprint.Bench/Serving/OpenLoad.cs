using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using ValueImprint.Bench.Figures;
using ValueImprint.Inference;
using ValueImprint.Server;

namespace ValueImprint.Bench.Serving;

/// <summary>What became of an open-loop load.</summary>
/// <param name="Answered">Milliseconds from each answered call's intended arrival to its answer.</param>
/// <param name="Refused">The same of calls that were refused for want of room.</param>
/// <param name="Goodput">Texts answered a second, while the load lasted.</param>
/// <param name="Others">Calls that ended in any other way.</param>
internal sealed record OpenLoadResult(Series Answered, Series Refused, double Goodput, int Others);

/// <summary>
/// Calls that arrive by a Poisson process, whatever became of the former ones. Latency counts from the moment at which a call should have
/// been sent: what the sender is late by is waiting time too (no coordinated omission).
/// </summary>
internal static class OpenLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<OpenLoadResult> RunAsync(UnaryCaller caller, IReadOnlyList<string> texts, double rate, TimeSpan time, int seed)
    {
        ConcurrentBag<(StatusCode Status, double Milliseconds, double End)> ends = [];
        List<Task> calls = [];
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        var due = 0.0;
        for (var index = 0; ; index++)
        {
            // Exponential gaps, by inversion.
            due += -Math.Log(1 - random.NextDouble()) / rate;
            if (due > time.TotalSeconds)
            {
                break;
            }

            // What is due already is sent without a pause; a timer would add its own millisecond to each.
            var ahead = due - clock.Elapsed.TotalSeconds;
            if (ahead > 0.001)
            {
                await Task.Delay(TimeSpan.FromSeconds(ahead));
            }

            calls.Add(SendAsync(texts[index % texts.Count], due));
        }

        await Task.WhenAll(calls);
        var (answered, refused) = (new Series(), new Series());
        answered.AddRange(ends.Where(static end => end.Status == StatusCode.OK).Select(static end => end.Milliseconds));
        refused.AddRange(ends.Where(static end => end.Status == StatusCode.ResourceExhausted).Select(static end => end.Milliseconds));
        var inTime = ends.Count(end => end.Status == StatusCode.OK && end.End <= time.TotalSeconds);
        return new OpenLoadResult(answered, refused, inTime / time.TotalSeconds, ends.Count - answered.Count - refused.Count);

        async Task SendAsync(string text, double intended)
        {
            // Off this thread, or building the request would hold up the next arrival.
            await Task.Yield();
            var status = await caller.CallAsync(text, Patience);
            var end = clock.Elapsed.TotalSeconds;
            ends.Add((status, (end - intended) * 1000, end));
        }
    }
}
