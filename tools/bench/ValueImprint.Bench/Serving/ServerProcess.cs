using System.Diagnostics;
using System.Globalization;
using ValueImprint.Client;

namespace ValueImprint.Bench.Serving;

/// <summary>The published server as a process of its own, behind a Unix socket.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(Process process, string folder, ServerAddress address) => (_process, _folder, Address) = (process, folder, address);

    public ServerAddress Address { get; }

    /// <summary>Processor time so far, of all threads, user and system.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a server and waits until it serves.</summary>
    /// <param name="folder">Where it was published to.</param>
    /// <param name="arguments">Its options, without the address.</param>
    public static async Task<ServerProcess> StartAsync(string folder, params string[] arguments)
    {
        var work = Directory.CreateTempSubdirectory("vi-bench-").FullName;
        var socket = "unix:" + Path.Combine(work, "server.sock");
        if (!ServerAddress.TryParse(socket, out var address, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        var start = new ProcessStartInfo(Path.Combine(folder, "ValueImprint.Server"), ["--listen", socket, "--device", "cpu", "--model", BenchOptions.Model, "--idle-timeout", "10m", .. arguments])
        {
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.ErrorDataReceived += static (_, line) =>
        {
            if (line.Data is { } text && text.Contains("fail", StringComparison.OrdinalIgnoreCase))
            {
                Progress.Say($"server: {text}");
            }
        };
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, work, address);
        try
        {
            using var client = server.OpenClient();
            await client.GetModelAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ClassifierClient OpenClient() => new(new ClientOptions { Servers = [Address], ConnectTimeout = TimeSpan.FromMinutes(1) });

    public async ValueTask DisposeAsync()
    {
        // SIGTERM: it drains.
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
