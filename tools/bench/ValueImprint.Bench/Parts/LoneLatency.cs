using System.Diagnostics;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Limit;
using ValueImprint.Bench.Serving;

namespace ValueImprint.Bench.Parts;

/// <summary>What the server adds to the run of a single text: the same texts through a raw session and through a call, in turn.</summary>
internal sealed class LoneLatency(LimitLoop raw, UnaryCaller caller, string[] texts)
{
    private readonly int[][] _encoded = raw.Encode(texts);
    private Series _raw = new();
    private Series _call = new();
    private Series _added = new();
    private int _next;

    /// <summary>p99 of the calls of the last round, in ms.</summary>
    public double LatestCall { get; private set; }

    public async Task RunRoundAsync(int count)
    {
        var (session, call) = (new Series(), new Series());
        for (var index = 0; index < count; index++)
        {
            var text = _next++ % texts.Length;
            var began = Stopwatch.GetTimestamp();
            raw.RunOne(_encoded[text]);
            session.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            call.Add((await caller.TimeAsync(texts[text])).Call);
        }

        _raw.Add(session.Median);
        _call.Add(call.Median);
        _added.Add(call.Median - session.Median);
        LatestCall = call.Percentile(0.99);
        Progress.Say($"lone text: session {session.Median:0.00} ms, call {call.Median:0.00} ms");
    }

    public void Forget() => (_raw, _call, _added) = (new(), new(), new());

    public IEnumerable<ResultRow> Rows() =>
    [
        ResultRow.Of("a lone text, raw session without tokenizing, p50", _raw, "0.00", " ms"),
        ResultRow.Of("a lone unary call, p50", _call, "0.00", " ms"),
        ResultRow.AtMost("their difference", _added, "0.00", " ms", 1),
    ];
}
