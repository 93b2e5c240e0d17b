using System.Diagnostics;
using System.Diagnostics.Metrics;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference;

/// <summary>
/// The engine's instruments, meter <c>ValueImprint.Inference</c>, each tagged with the model's name. For every engine
/// <c>texts.accepted</c> = the sum of <c>texts.ended</c> over its outcomes + <c>queue.length</c>.
/// </summary>
internal sealed class EngineMetrics : IDisposable
{
    public const string Name = "ValueImprint.Inference";

    public static readonly ActivitySource Activities = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly KeyValuePair<string, object?> _model;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _padding;
    private readonly Histogram<int> _batchTexts;
    private readonly Histogram<int> _batchTokens;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<double> _queueDuration;
    private readonly Histogram<double> _tokenizeDuration;
    private long _waiting;

    public EngineMetrics(string model)
    {
        _model = new("valueimprint.model", model);
        _accepted = _meter.CreateCounter<long>("valueimprint.inference.texts.accepted", "{text}", "Texts taken into the engine.");
        _refused = _meter.CreateCounter<long>("valueimprint.inference.texts.refused", "{text}", "Texts refused for want of room.");
        _ended = _meter.CreateCounter<long>(
            "valueimprint.inference.texts.ended", "{text}", "Texts whose outcome is known, by outcome: classified, cancelled, or a kind of fault.");
        _tokens = _meter.CreateCounter<long>("valueimprint.inference.tokens", "{token}", "Tokens of texts that the model ran on.");
        _padding = _meter.CreateCounter<long>("valueimprint.inference.padding", "{token}", "Tokens that filled rows up.");
        _batchTexts = Sizes("valueimprint.inference.batch.texts", "{text}", "Texts of a batch.", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
        _batchTokens = Sizes(
            "valueimprint.inference.batch.tokens", "{token}", "Tokens of a batch, padding included.",
            [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536]);
        _batchDuration = Durations("valueimprint.inference.batch.duration", "One run of the model.");
        _queueDuration = Durations("valueimprint.inference.queue.duration", "A text's wait for its batch.");
        _tokenizeDuration = Durations("valueimprint.inference.tokenize.duration", "A text's tokenizing.");
        _meter.CreateObservableGauge(
            "valueimprint.inference.queue.length",
            () => new Measurement<long>(Interlocked.Read(ref _waiting), _model),
            "{text}",
            "Texts in the engine without an outcome.");
    }

    public void Accepted()
    {
        Interlocked.Increment(ref _waiting);
        _accepted.Add(1, _model);
    }

    public void Refused() => _refused.Add(1, _model);

    /// <summary>A text's outcome is known; none means that it was cancelled.</summary>
    public void Ended(TextOutcome? outcome)
    {
        Interlocked.Decrement(ref _waiting);
        _ended.Add(1, _model, new("outcome", outcome is null ? "cancelled" : outcome.Fault is { } fault ? NameOf(fault.Kind) : "classified"));
        if (outcome is { Fault: null })
        {
            _queueDuration.Record(outcome.Timings.Queue.TotalSeconds, _model);
            _tokenizeDuration.Record(outcome.Timings.Tokenize.TotalSeconds, _model);
        }
    }

    public void BatchRan(IReadOnlyList<PendingText> texts, int paddedLength, TimeSpan time)
    {
        var tokens = 0;
        for (var row = 0; row < texts.Count; row++)
        {
            tokens += texts[row].Kept;
        }

        var computed = texts.Count * paddedLength;
        _tokens.Add(tokens, _model);
        _padding.Add(computed - tokens, _model);
        _batchTexts.Record(texts.Count, _model);
        _batchTokens.Record(computed, _model);
        _batchDuration.Record(time.TotalSeconds, _model);
    }

    public void Dispose() => _meter.Dispose();

    private static string NameOf(TextFaultKind kind) => kind switch
    {
        TextFaultKind.Empty => "empty",
        TextFaultKind.TooLong => "too_long",
        TextFaultKind.Expired => "expired",
        _ => "failed",
    };

    private Histogram<int> Sizes(string name, string unit, string description, int[] bounds) =>
        _meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<int> { HistogramBucketBoundaries = bounds });

    private Histogram<double> Durations(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100],
        });
}
