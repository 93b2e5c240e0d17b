using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Grpc.Core;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;

namespace ValueImprint.Server.Telemetry;

/// <summary>All metrics of the server. At any moment calls started = succeeded + failed + active.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "ValueImprint.Server";

    private const string MethodTag = "rpc.method";
    private const string StatusTag = "rpc.response.status_code";
    private const string ModelTag = "valueimprint.model";
    private const string OutcomeTag = "valueimprint.outcome";

    private readonly Meter _meter;
    private readonly Counter<long> _started;
    private readonly Counter<long> _succeeded;
    private readonly Counter<long> _failed;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _texts;
    private readonly UpDownCounter<long> _rowsInFlight;

    public ServerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName, ServerVersion.Text);
        _started = _meter.CreateCounter<long>("valueimprint.server.calls.started", "{call}", "Calls that arrived, refused ones included.");
        _succeeded = _meter.CreateCounter<long>("valueimprint.server.calls.succeeded", "{call}", "Calls that ended with OK.");
        _failed = _meter.CreateCounter<long>("valueimprint.server.calls.failed", "{call}", "Calls that ended with another status.");
        _active = _meter.CreateUpDownCounter<long>("valueimprint.server.calls.active", "{call}", "Calls under way.");
        _duration = _meter.CreateHistogram(
            "valueimprint.server.call.duration",
            "s",
            "From a call's arrival to its end.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });
        _texts = _meter.CreateCounter<long>("valueimprint.server.texts", "{text}", "Texts answered, by outcome.");
        _rowsInFlight = _meter.CreateUpDownCounter<long>(
            "valueimprint.server.rows.in_flight", "{row}", "Rows of streams read and not yet answered.");
    }

    public void CallStarted(string method)
    {
        _started.Add(1, Tag(MethodTag, method));
        _active.Add(1, Tag(MethodTag, method));
    }

    public void CallEnded(string method, StatusCode status, TimeSpan duration)
    {
        var tags = new TagList(Tag(MethodTag, method), Tag(StatusTag, status.ToString()));
        (status == StatusCode.OK ? _succeeded : _failed).Add(1, tags);
        _active.Add(-1, Tag(MethodTag, method));
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void TextAnswered(string model, TextOutcome outcome)
    {
        var name = outcome.Fault?.Kind switch
        {
            null => outcome.Abstained ? "abstained" : "classified",
            TextFaultKind.Empty => "empty",
            TextFaultKind.TooLong => "too_long",
            TextFaultKind.Expired => "expired",
            _ => "failed",
        };
        _texts.Add(1, Tag(ModelTag, model), Tag(OutcomeTag, name));
    }

    public void RowsInFlight(int change) => _rowsInFlight.Add(change);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

/// <summary>The product's version, without the build's metadata.</summary>
internal static class ServerVersion
{
    public static string Text { get; } = typeof(ServerVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]; // The SDK always writes it.
}
