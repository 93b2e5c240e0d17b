using System.Diagnostics;
using ValueImprint.Client;

namespace ValueImprint.Bench.Parts;

/// <summary>The published tool, with a folder for local servers of its own.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("vi-bench-").FullName;

    public ToolProcess(BenchOptions options) => _program = Path.Combine(options.Tool, "valueimprint");

    public Process Start(bool withInput, params string[] arguments)
    {
        var start = new ProcessStartInfo(_program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardInput = withInput, Environment = { ["XDG_RUNTIME_DIR"] = _folder },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The tool did not start.");
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>Seconds.</returns>
    public async Task<double> TimeAsync(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(withInput: false, arguments);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"valueimprint {arguments[0]} ended with {process.ExitCode}.");
    }

    public void Dispose()
    {
        using (var stop = Start(withInput: false, "server", "stop"))
        {
            stop.WaitForExit();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
