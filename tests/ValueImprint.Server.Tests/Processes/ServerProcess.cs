using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Processes;

/// <summary>The real executable with the real default model.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => _process = process;

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Skips the test where the repository's model or the executable is missing.</summary>
    public static ServerProcess Start(IReadOnlyList<string> args, Dictionary<string, string>? environment = null, bool withModel = true)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ValueImprint.Server.exe" : "ValueImprint.Server");
        Assert.True(File.Exists(executable), $"{executable} is not built");
        var start = new ProcessStartInfo(executable) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var arg in withModel ? [.. args, "--model", DefaultModel.Folder(), "--device", "cpu"] : args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.ErrorDataReceived += (_, line) => server.OnError(line.Data);
        server._process.OutputDataReceived += static (_, _) => { };
        server._process.Start();
        server._process.BeginErrorReadLine();
        server._process.BeginOutputReadLine();
        return server;
    }

    /// <summary>The first address listened on, once it listens.</summary>
    public async Task<string> ListeningAsync()
    {
        var ended = _process.WaitForExitAsync();
        Assert.True(await Task.WhenAny(_listening.Task, ended).Time() != ended, $"the server ended: {Errors}");
        return await _listening.Task;
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().Time();
        return _process.ExitCode;
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void OnError(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }

        if (line is not null && Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(match.Groups[1].Value);
        }
    }

    [GeneratedRegex(@"listening on ([^\s,]+)")]
    private static partial Regex Listening();
}
