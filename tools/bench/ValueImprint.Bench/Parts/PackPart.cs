using System.Diagnostics;
using System.Globalization;
using ValueImprint.Bench.Figures;

namespace ValueImprint.Bench.Parts;

/// <summary>What the MSBuild package adds to a pack with nothing to do, as <c>pack.sh</c> measures it.</summary>
internal static class PackPart
{
    private const double Target = 300;

    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options)
    {
        var start = new ProcessStartInfo(
            Path.Combine(options.Root, "tools", "bench", "pack.sh"), [options.Rounds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pack.sh did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        // | difference, pair by pair | minimum | median | maximum |
        var line = output.Split('\n').FirstOrDefault(static line => line.StartsWith("| difference", StringComparison.Ordinal));
        if (process.ExitCode != 0 || line?.Split('|') is not [_, _, var least, var median, var most, ..])
        {
            throw new InvalidOperationException($"pack.sh ended with {process.ExitCode} and no line '| difference … |': {output}");
        }

        var milliseconds = double.Parse(median, CultureInfo.InvariantCulture);
        return
        [
            new ResultRow("`dotnet pack` with nothing to do, added by the package", $"{milliseconds:0} ms", $"{least.Trim()}–{most.Trim()}", $"≤ {Target:0} ms", milliseconds <= Target),
        ];
    }
}
