using System.Diagnostics.Metrics;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Serving;
using ValueImprint.Client;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Server;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Bench.Parts;

/// <summary>How many of the tokens that the model computes are padding, by the server's own metrics. The server runs in this process.</summary>
internal static class PaddingPart
{
    public static async Task<IReadOnlyList<ResultRow>> RunAsync(string[] texts)
    {
        var (tokens, padding, batches) = (0L, 0L, 0L);
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ValueImprint.Inference")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            _ = instrument.Name switch
            {
                "valueimprint.inference.tokens" => Interlocked.Add(ref tokens, value),
                "valueimprint.inference.padding" => Interlocked.Add(ref padding, value),
                _ => 0,
            };
        });
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) =>
        {
            if (instrument.Name == "valueimprint.inference.batch.texts")
            {
                Interlocked.Increment(ref batches);
            }
        });
        listener.Start();

        var folder = Directory.CreateTempSubdirectory("vi-bench-").FullName;
        var socket = "unix:" + Path.Combine(folder, "server.sock");
        await using (var app = ServerHost.Build(new ServerOptions { Listen = [socket] }))
        {
            await app.StartAsync();
            using var client = new ClassifierClient(new ClientOptions
            {
                Servers = [ServerAddress.TryParse(socket, out var address, out var problem) ? address : throw new InvalidOperationException(problem)],
            });
            await BulkStream.RunAsync(client, texts);
            await app.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
        var share = new Series();
        share.Add(100.0 * padding / (tokens + padding));
        var size = new Series();
        size.Add((double)(tokens + padding) / batches);
        return
        [
            ResultRow.AtMost("padding among computed tokens, bulk stream", share, "0.0", " %", 5),
            ResultRow.Of("tokens a batch, bulk stream", size, "0", ""),
        ];
    }
}
