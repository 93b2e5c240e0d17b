using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Serving;

namespace ValueImprint.Bench.Parts;

/// <summary>Open-loop load below and above what the server can do: Poisson arrivals of unary calls, the default graph, int8.</summary>
internal static class OverloadPart
{
    private static readonly double[] Loads = [0.5, 0.8, 2];

    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options, string[] texts)
    {
        await using var server = await ServerProcess.StartAsync(options.Server);
        using var caller = new UnaryCaller(server.Address.SocketPath!); // A server process listens on a Unix socket.
        var time = TimeSpan.FromSeconds(options.IsQuick ? 1.5 : 5);
        var peak = new Series();
        var loads = Loads.ToDictionary(static load => load, static _ => new LoadSeries());
        await ClosedLoad.RunAsync(caller, texts, clients: 64, time);
        for (var round = 0; round < options.LoadRounds; round++)
        {
            peak.Add((await ClosedLoad.RunAsync(caller, texts, clients: 64, time)).Rate);
            foreach (var (load, series) in loads)
            {
                // Above capacity it takes a while until MaxCalls are under way and the first one is refused.
                var result = await OpenLoad.RunAsync(caller, texts, load * peak.Last, load > 1 ? time * 2 : time, seed: round);
                series.Add(result);
                Progress.Say($"{load}×: {result.Answered.Count} answered, {result.Refused.Count} refused, {result.Others} otherwise, goodput {result.Goodput:0} of {peak.Last:0} texts/s");
            }
        }

        var over = loads[2];
        List<ResultRow> rows = [ResultRow.Of("capacity: 64 unary clients", peak, "0", " texts/s")];
        foreach (var (load, series) in loads)
        {
            rows.Add(ResultRow.Of(FormattableString.Invariant($"open loop at {load} × capacity, p50"), series.Middle, "0.0", " ms"));
            rows.Add(ResultRow.Of(FormattableString.Invariant($"open loop at {load} × capacity, p99"), series.Late, "0.0", " ms"));
        }

        rows.Add(ResultRow.AtLeast("at 2 × capacity: goodput ÷ capacity", over.Goodput.Over(peak), "0.00", "", 0.95));
        if (over.RefusedMiddle.Count > 0)
        {
            rows.Add(ResultRow.AtMost("at 2 × capacity: refused within, p50", over.RefusedMiddle, "0.0", " ms", 10));
            rows.Add(ResultRow.AtMost("at 2 × capacity: refused within, p99", over.RefusedLate, "0.0", " ms", 10));
        }

        rows.Add(ResultRow.AtMost("calls that ended neither answered nor refused", Sum(loads.Values), "0", "", 0));
        return rows;
    }

    private static Series Sum(IEnumerable<LoadSeries> loads)
    {
        var sum = new Series();
        sum.Add(loads.Sum(static load => load.Others));
        return sum;
    }

    private sealed class LoadSeries
    {
        public Series Middle { get; } = new();

        public Series Late { get; } = new();

        public Series Goodput { get; } = new();

        public Series RefusedMiddle { get; } = new();

        public Series RefusedLate { get; } = new();

        public int Others { get; private set; }

        public void Add(OpenLoadResult result)
        {
            Middle.Add(result.Answered.Percentile(0.5));
            Late.Add(result.Answered.Percentile(0.99));
            Goodput.Add(result.Goodput);
            Others += result.Others;
            if (result.Refused.Count > 0)
            {
                RefusedMiddle.Add(result.Refused.Percentile(0.5));
                RefusedLate.Add(result.Refused.Percentile(0.99));
            }
        }
    }
}
