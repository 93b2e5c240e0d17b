using System.Text.Json;
using ValueImprint.Inference.Models;

namespace ValueImprint.Bench.Peers;

/// <summary>What a user would pick instead, each on the first <see cref="BenchOptions.PeerTexts"/> of the texts.</summary>
internal sealed class PeerGroup : IAsyncDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("vi-bench-").FullName;
    private readonly List<PeerProcess> _processes = [];

    /// <summary>transformers.js: <c>single</c> or <c>arrays</c>.</summary>
    public PeerProcess Transformers { get; private set; } = null!; // Set by StartAsync.

    /// <summary>PyTorch, batches of 64 padded to 128.</summary>
    public PeerProcess PaddedLoop { get; private set; } = null!; // Set by StartAsync.

    /// <summary>Socket of the Python server.</summary>
    public string PythonSocket => Path.Combine(_work, "python.sock");

    public static async Task<PeerGroup> StartAsync(BenchOptions options, IEnumerable<string> texts)
    {
        var peers = new PeerGroup();
        try
        {
            await peers.StartAllAsync(options, texts);
            return peers;
        }
        catch
        {
            await peers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_work, recursive: true);
    }

    private async Task StartAllAsync(BenchOptions options, IEnumerable<string> texts)
    {
        var sample = Path.Combine(_work, "texts.jsonl");
        await File.WriteAllLinesAsync(sample, texts.Take(options.PeerTexts).Select(static text => JsonSerializer.Serialize(new { text })));
        var package = BenchOptions.Model;
        HubModelFolder.Write(package, Path.Combine(_work, "model"));
        Transformers = await StartAsync("node", Path.Combine(options.Peers, "transformers.mjs"), _work, "model", sample);
        var training = Path.Combine(options.Root, "tools", "training");
        PaddedLoop = await StartAsync("/usr/bin/python3", Path.Combine(options.Peers, "padded_loop.py"), training, package, sample);
        await StartAsync("/usr/bin/python3", Path.Combine(options.Peers, "grpc_server.py"), training, package, Path.Combine(options.Root, "protos"), PythonSocket);
    }

    private async Task<PeerProcess> StartAsync(string program, params string[] arguments)
    {
        var process = await PeerProcess.StartAsync(program, arguments);
        _processes.Add(process);
        return process;
    }
}
