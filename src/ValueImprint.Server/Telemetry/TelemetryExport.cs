using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ValueImprint.Server.Telemetry;

/// <summary>
/// Sends metrics and traces by OTLP where OpenTelemetry's standard variables name an endpoint, and costs nothing where they don't.
/// </summary>
internal sealed class TelemetryExport(IConfiguration environment) : IHostedLifecycleService, IDisposable
{
    private MeterProvider? _meters;
    private TracerProvider? _traces;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (IsWanted("METRICS"))
        {
            _meters = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddMeter(ServerMetrics.MeterName, "ValueImprint.Inference")
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Grpc.AspNetCore.Server", "System.Runtime")
                .AddOtlpExporter()
                .Build();
        }

        if (IsWanted("TRACES"))
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddSource("ValueImprint.*", "Microsoft.AspNetCore", "Grpc.AspNetCore.Server")
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After the listeners have closed, so that the last calls are in the last export; bounded by the exporter's own timeout.
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _meters?.Dispose();
        _traces?.Dispose();
        (_meters, _traces) = (null, null);
    }

    // https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables and .../protocol/exporter
    private bool IsWanted(string signal) =>
        !string.Equals(environment["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(environment[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase)
        && (!string.IsNullOrEmpty(environment["OTEL_EXPORTER_OTLP_ENDPOINT"])
            || !string.IsNullOrEmpty(environment[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]));

    // The environment last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddTelemetrySdk()
        .AddService("valueimprint-server", serviceVersion: ServerVersion.Text)
        .AddEnvironmentVariableDetector();
}
