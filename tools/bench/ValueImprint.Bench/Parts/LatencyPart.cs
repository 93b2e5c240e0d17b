using System.Diagnostics;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Limit;
using ValueImprint.Bench.Serving;
using ValueImprint.Client;
using ValueImprint.Inference.Models;

namespace ValueImprint.Bench.Parts;

/// <summary>How long a caller waits: alone, among others, and beside a bulk stream. The default graph, int8.</summary>
internal static class LatencyPart
{
    private static readonly int[] Clients = [1, 8, 32];

    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options, string[] texts)
    {
        await using var server = await ServerProcess.StartAsync(options.Server);
        using var client = server.OpenClient();
        using var caller = new UnaryCaller(server.Address.SocketPath!); // A server process listens on a Unix socket.
        var cores = Environment.ProcessorCount;
        using var raw = new LimitLoop(ModelPackage.Load(BenchOptions.Model), new LimitSettings(1, cores, Spins: false, BatchTokens: 1024));
        var time = TimeSpan.FromSeconds(options.IsQuick ? 1 : 3);
        var lone = new LoneLatency(raw, caller, texts);
        var rates = Clients.ToDictionary(static clients => clients, static _ => (Rate: new Series(), Middle: new Series(), Late: new Series()));
        var (beside, bound, streamed) = (new Series(), new Series(), new Series());
        for (var round = -1; round < options.LoadRounds; round++)
        {
            await lone.RunRoundAsync(options.IsQuick ? 30 : 150);
            foreach (var (clients, series) in rates)
            {
                var (rate, latency) = await ClosedLoad.RunAsync(caller, texts, clients, time);
                series.Rate.Add(rate);
                series.Middle.Add(latency.Percentile(0.5));
                series.Late.Add(latency.Percentile(0.99));
            }

            var batch = await caller.LongestBatchAsync(texts[..Math.Min(texts.Length, 512)]);
            var (waits, streamRate) = await BesideBulkAsync(client, caller, texts, time * 2);
            beside.Add(waits.Percentile(0.99));
            bound.Add((2 * batch) + lone.LatestCall);
            streamed.Add(streamRate);
            Progress.Say($"round {round + 1}: longest batch {batch:0.0} ms; beside bulk p50 {waits.Percentile(0.5):0.0}, p99 {waits.Percentile(0.99):0.0} ms");
            if (round < 0)
            {
                lone.Forget();
                rates = Clients.ToDictionary(static clients => clients, static _ => (Rate: new Series(), Middle: new Series(), Late: new Series()));
                (beside, bound, streamed) = (new(), new(), new());
            }
        }

        return
        [
            .. lone.Rows(),
            .. rates.SelectMany(static rate => RowsOf(rate.Key, rate.Value.Rate, rate.Value.Middle, rate.Value.Late)),
            ResultRow.Of("interactive p99 while a bulk stream runs", beside, "0.0", " ms"),
            ResultRow.AtMost("that ÷ (2 batches' time + its own)", beside.Over(bound), "0.00", "", 1),
            ResultRow.Of("the bulk stream meanwhile", streamed, "0", " texts/s"),
        ];
    }

    private static IEnumerable<ResultRow> RowsOf(int clients, Series rate, Series middle, Series late)
    {
        var name = clients == 1 ? "1 unary client" : $"{clients} unary clients";
        return
        [
            ResultRow.Of(name, rate, "0", " texts/s"),
            ResultRow.Of($"{name}, p50", middle, "0.0", " ms"),
            ResultRow.Of($"{name}, p99", late, "0.0", " ms"),
        ];
    }

    private static async Task<(Series Waits, double Rate)> BesideBulkAsync(
        Client.ClassifierClient client, UnaryCaller caller, string[] texts, TimeSpan time)
    {
        using var end = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var bulk = Task.Run(() => BulkStream.RunOnAsync(client, texts, end.Token));
        await Task.Delay(200);

        // Some twenty calls a second: people, not a second bulk load.
        var load = await OpenLoad.RunAsync(caller, texts, rate: 20, time, seed: 7);
        await end.CancelAsync();
        var answered = await bulk;
        return (load.Answered, answered / clock.Elapsed.TotalSeconds);
    }
}
