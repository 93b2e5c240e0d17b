using System.Collections.Concurrent;
using System.Text;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Processes;

public sealed class TelemetryTests
{
    [Fact]
    public async Task OtlpEndpoint_Set_ReceivesMetricsAndTraces()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);
        var endpoint = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var server = ServerProcess.Start(["--listen", "http://127.0.0.1:0"], new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_SERVICE_NAME"] = "server-under-test",
        });
        using var channel = GrpcChannel.ForAddress(await server.ListeningAsync());
        await Within.Until(
            () => new Health.HealthClient(channel).Check(new HealthCheckRequest()).Status == HealthCheckResponse.Types.ServingStatus.Serving, "serving");
        await new ValueClassifier.ValueClassifierClient(channel).ClassifyAsync(new ClassifyRequest { Texts = { new TextItem { Text = "secret text" } } }).ResponseAsync.Time();

        foreach (var name in new[] { "valueimprint.server.calls.started", "valueimprint.server.call.duration", "valueimprint.inference.texts.accepted", "kestrel.active_connections", "server-under-test" })
        {
            await Within.Until(() => received.GetValueOrDefault("/v1/metrics", "").Contains(name, StringComparison.Ordinal), $"a metric {name}");
        }

        await Within.Until(() => received.GetValueOrDefault("/v1/traces", "").Contains("ValueClassifier/Classify", StringComparison.Ordinal), "the call's trace");
        Assert.DoesNotContain("secret text", string.Concat(received.Values), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            // OTLP is protobuf; the names in it are plain UTF-8.
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(context.Request.Path, _ => Encoding.UTF8.GetString(body.ToArray()), (_, former) => former + Encoding.UTF8.GetString(body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync(TestContext.Current.CancellationToken).Time();
        return app;
    }
}
