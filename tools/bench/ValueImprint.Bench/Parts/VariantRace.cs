using System.Diagnostics;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Limit;
using ValueImprint.Bench.Serving;
using ValueImprint.Client;
using ValueImprint.Inference.Models;

namespace ValueImprint.Bench.Parts;

/// <summary>One graph of the default model, in the limit loop and behind the server, in turn.</summary>
internal sealed class VariantRace : IAsyncDisposable
{
    private readonly string[] _texts;
    private readonly LimitSettings _settings;
    private readonly LimitLoop _limit;
    private readonly int[][] _encoded;
    private readonly ServerProcess _server;
    private readonly ClassifierClient _client;

    private VariantRace(string variant, string[] texts, LimitSettings settings, LimitLoop limit, ServerProcess server)
    {
        (Variant, _texts, _settings, _limit, _server) = (variant, texts, settings, limit, server);
        _client = server.OpenClient();
        _encoded = limit.Encode(texts);
    }

    public string Variant { get; }

    /// <summary>Texts a second of the limit loop, tokenizing included.</summary>
    public Series Limit { get; } = new();

    /// <summary>The same without tokenizing.</summary>
    public Series Encoded { get; } = new();

    /// <summary>Texts a second of a bulk stream.</summary>
    public Series Stream { get; } = new();

    public static async Task<VariantRace> StartAsync(BenchOptions options, string[] texts, string variant)
    {
        var package = ModelPackage.Load(BenchOptions.Model, variant);
        var settings = LimitSweep.Find(package, texts[..(options.IsQuick ? 32 : 200)], options.IsQuick ? 1 : 2);
        var server = await ServerProcess.StartAsync(options.Server, "--variant", variant);
        return new VariantRace(variant, texts, settings, new LimitLoop(package, settings), server);
    }

    /// <summary>A short pass of each that does not count.</summary>
    public async Task WarmUpAsync()
    {
        var few = _texts[..Math.Min(_texts.Length, 200)];
        _limit.Run(few);

        // Twice: the runtime compiles what ran often in between.
        await BulkStream.RunAsync(_client, few);
        await BulkStream.RunAsync(_client, few);
    }

    /// <summary>A pass of each that counts.</summary>
    public async Task RunRoundAsync()
    {
        Limit.Add(Time("limit", () => _limit.Run(_texts)));
        Stream.Add(await TimeStreamAsync());
        Encoded.Add(Time("limit, tokenized", () => _limit.Run(_encoded)));
    }

    public IEnumerable<ResultRow> Rows(double bound) =>
    [
        ResultRow.Of($"limit, {Variant}, tokenized beforehand ({_settings})", Encoded, "0", " texts/s"),
        ResultRow.Of($"limit, {Variant}, tokenizing included", Limit, "0", " texts/s"),
        ResultRow.Of($"bulk stream, {Variant}", Stream, "0", " texts/s"),
        ResultRow.AtLeast($"bulk stream ÷ limit, {Variant}, tokenizing in both", Stream.Over(Limit), "0.000", "", bound),
    ];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _limit.Dispose();
        await _server.DisposeAsync();
    }

    private double Time(string what, Action pass)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        pass();
        return Rate(what, clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
    }

    private async Task<double> TimeStreamAsync()
    {
        var (mine, its) = (Process.GetCurrentProcess().TotalProcessorTime, _server.ProcessorTime);
        var seconds = await BulkStream.RunAsync(_client, _texts);
        var (client, server) = (Process.GetCurrentProcess().TotalProcessorTime - mine, _server.ProcessorTime - its);
        return Rate(FormattableString.Invariant($"stream (client {client.TotalSeconds:0.00} s)"), TimeSpan.FromSeconds(seconds), client + server);
    }

    // Processor time shows the engine's own cost where other programs take some of the cores.
    private double Rate(string what, TimeSpan time, TimeSpan processor)
    {
        var rate = _texts.Length / time.TotalSeconds;
        Progress.Say($"{Variant} {what}: {rate:0} texts/s, {processor.TotalSeconds:0.00} s of processor time");
        return rate;
    }
}
