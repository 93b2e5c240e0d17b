using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Tests.Support;

/// <summary>Adds up one server's instruments, and remembers the highest level of those that go up and down.</summary>
internal sealed class MetricsProbe : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly ConcurrentDictionary<string, long> _peaks = new();

    public MetricsProbe(IServiceProvider services)
    {
        // Servers of other tests have a meter of the same name, made by another factory.
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, change, _, _) =>
        {
            var now = _sums.AddOrUpdate(instrument.Name, change, (_, sum) => sum + change);
            _peaks.AddOrUpdate(instrument.Name, now, (_, peak) => Math.Max(peak, now));
        });
        _listener.Start();
        services.GetRequiredService<ServerMetrics>();
    }

    public long Sum(string instrument) => _sums.GetValueOrDefault(instrument);

    public long Peak(string instrument) => _peaks.GetValueOrDefault(instrument);

    public void Dispose() => _listener.Dispose();
}
