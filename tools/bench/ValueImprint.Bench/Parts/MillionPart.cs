using System.Globalization;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Serving;

namespace ValueImprint.Bench.Parts;

/// <summary>Resident memory of server and tool over an audit of many short, made-up rows.</summary>
internal static class MillionPart
{
    private const int Warm = 100_000;
    private static readonly string[] Words = ["the", "duty", "of", "care", "is", "what", "we", "owe", "each", "other", "and", "ourselves", "today", "honest"];

    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options)
    {
        var rows = options.IsQuick ? Warm + 20_000 : 1_000_000;
        using var tool = new ToolProcess(options);
        await using var server = await ServerProcess.StartAsync(options.Server);
        using var audit = tool.Start(
            withInput: true, "audit", "-", "--server", "unix:" + server.Address.SocketPath, "--format", "json", "--output",
            Path.Combine(Path.GetTempPath(), $"vi-bench-{Environment.ProcessId}.imprint.json"));
        var result = audit.StandardOutput.ReadToEndAsync();
        var (serverWarm, toolWarm, random) = (0L, 0L, new Random(11));
        for (var row = 1; row <= rows; row++)
        {
            // A full pipe holds this back, so a row that is written is a row that was nearly read.
            await audit.StandardInput.WriteLineAsync(Row(row, random));
            if (row == Warm)
            {
                (serverWarm, toolWarm) = (server.ResidentBytes, Resident(audit));
            }

            if (row % 50_000 == 0)
            {
                Progress.Say($"{row} rows: server {server.ResidentBytes / 1e6:0} MB, tool {Resident(audit) / 1e6:0} MB");
            }
        }

        var (serverEnd, toolEnd) = (server.ResidentBytes, Resident(audit));
        audit.StandardInput.Close();
        await audit.WaitForExitAsync();
        await result;
        if (audit.ExitCode != 0)
        {
            throw new InvalidOperationException($"The audit ended with {audit.ExitCode}.");
        }

        return [.. Rows("server", rows, serverWarm, serverEnd, 450), .. Rows("tool", rows, toolWarm, toolEnd, 200)];
    }

    private static IEnumerable<ResultRow> Rows(string name, int rows, long warm, long end, double most)
    {
        var (resident, growth) = (new Series(), new Series());
        resident.Add(end / 1e6);
        growth.Add(100.0 * (end - warm) / warm);
        var count = rows.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            ResultRow.AtMost($"resident memory of the {name} after {count} rows", resident, "0", " MB", most),
            ResultRow.AtMost("its growth after the first 100,000", growth, "0.0", " %", 2),
        ];
    }

    private static long Resident(System.Diagnostics.Process process)
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    private static string Row(int row, Random random)
    {
        var words = string.Join(' ', Enumerable.Range(0, random.Next(4, 12)).Select(_ => Words[random.Next(Words.Length)]));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"id": "{{row}}", "text": "{{words}} {{row}}"}""");
    }
}
