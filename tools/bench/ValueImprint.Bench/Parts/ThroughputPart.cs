using System.Diagnostics;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Peers;
using ValueImprint.Bench.Serving;

namespace ValueImprint.Bench.Parts;

/// <summary>Texts a second: the limit, the server, and what a user would pick instead, in turn.</summary>
internal static class ThroughputPart
{
    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options, string[] texts)
    {
        await using var fp32 = await VariantRace.StartAsync(options, texts, "fp32");
        await using var int8 = await VariantRace.StartAsync(options, texts, "int8");
        await using var peers = await PeerGroup.StartAsync(options, texts);
        using var python = new UnaryCaller(peers.PythonSocket);
        await fp32.WarmUpAsync();
        await int8.WarmUpAsync();
        await peers.Transformers.RunAsync("single");
        await peers.PaddedLoop.RunAsync();
        await OneByOneAsync(python, texts[..8]);

        var (single, arrays, padded, served) = (new Series(), new Series(), new Series(), new Series());
        for (var round = 1; round <= options.Rounds; round++)
        {
            await fp32.RunRoundAsync();
            await int8.RunRoundAsync();
            single.Add(await peers.Transformers.RunAsync("single"));
            arrays.Add(await peers.Transformers.RunAsync("arrays"));
            padded.Add(await peers.PaddedLoop.RunAsync());
            served.Add(await OneByOneAsync(python, texts[..options.PeerTexts]));
            Progress.Say($"round {round} of {options.Rounds}");
        }

        var transformers = single.Median > arrays.Median ? single : arrays;
        return
        [
            .. fp32.Rows(bound: 0.95),
            .. int8.Rows(bound: 0.90),
            ResultRow.AtLeast("bulk stream, int8 ÷ fp32", int8.Stream.Over(fp32.Stream), "0.00", "", 2),
            ResultRow.Of("transformers.js, fp32, one text a call", single, "0", " texts/s"),
            ResultRow.Of("transformers.js, fp32, 32 texts a call", arrays, "0", " texts/s"),
            ResultRow.AtLeast("bulk stream, default (int8) ÷ the faster transformers.js", int8.Stream.Over(transformers), "0.0", "", 4),
            ResultRow.Of("bulk stream, fp32 ÷ the faster transformers.js", fp32.Stream.Over(transformers), "0.0", ""),
            ResultRow.Of("PyTorch, batches of 64 padded to 128", padded, "0", " texts/s"),
            ResultRow.AtLeast("bulk stream, default (int8) ÷ that PyTorch loop", int8.Stream.Over(padded), "0.0", "", 10),
            ResultRow.Of("bulk stream, fp32 ÷ that PyTorch loop", fp32.Stream.Over(padded), "0.0", ""),
            ResultRow.Of("Python grpcio server around PyTorch, one client", served, "0", " texts/s"),
        ];
    }

    private static async Task<double> OneByOneAsync(UnaryCaller caller, string[] texts)
    {
        var clock = Stopwatch.StartNew();
        foreach (var text in texts)
        {
            if (await caller.CallAsync(text, TimeSpan.FromMinutes(1)) is not Grpc.Core.StatusCode.OK and var status)
            {
                throw new InvalidOperationException($"The Python server ended a call with {status}.");
            }
        }

        return texts.Length / clock.Elapsed.TotalSeconds;
    }
}
