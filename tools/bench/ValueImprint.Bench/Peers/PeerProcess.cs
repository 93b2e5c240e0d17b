using System.Diagnostics;
using System.Globalization;

namespace ValueImprint.Bench.Peers;

/// <summary>
/// A contestant in a process of its own that loads everything, says <c>ready</c>, and then answers each line that it is sent by one pass
/// over its texts and a line with texts and seconds. Idle in between, so that contestants can run in turn.
/// </summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    public static async Task<PeerProcess> StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var peer = new PeerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
        var line = await peer.ReadAsync();
        return line == "ready" ? peer : throw new InvalidOperationException($"{program} {arguments[0]} said '{line}', expected 'ready'.");
    }

    /// <summary>One pass.</summary>
    /// <param name="how">A word that the peer understands.</param>
    /// <returns>Texts a second.</returns>
    public async Task<double> RunAsync(string how = "run")
    {
        await _process.StandardInput.WriteLineAsync(how);
        await _process.StandardInput.FlushAsync();
        var answer = (await ReadAsync()).Split(' ');
        return double.Parse(answer[0], CultureInfo.InvariantCulture) / double.Parse(answer[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException($"A peer ended before it answered (see above): {_process.StartInfo.FileName} {_process.StartInfo.ArgumentList[0]}.");
}
