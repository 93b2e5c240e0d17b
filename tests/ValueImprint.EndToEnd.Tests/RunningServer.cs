using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(ValueImprint.EndToEnd.Tests.RunningServer))]

namespace ValueImprint.EndToEnd.Tests;

/// <summary>`valueimprint serve` with the default model, as a process of its own, on a free TCP port.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);
    private Process? _process;

    /// <summary>Host and port, without a scheme.</summary>
    public string Address { get; } = $"127.0.0.1:{FreePort()}";

    public async ValueTask InitializeAsync()
    {
        _process = CommandRun.Start(ToolEnvironment.Tool, ["serve", "--listen", $"http://{Address}"]);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        void Note(string? line)
        {
            lock (log)
            {
                log.Add(line ?? "");
            }

            if (line?.Contains("serving", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }

        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (await Task.WhenAny(ready.Task, _process.WaitForExitAsync(), Task.Delay(_limit)) != ready.Task)
        {
            lock (log)
            {
                throw new InvalidOperationException("The server did not start:\n" + string.Join('\n', log));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            using var kill = Process.Start("kill", ["-TERM", running.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await running.WaitForExitAsync().WaitAsync(_limit);
        }

        _process?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
