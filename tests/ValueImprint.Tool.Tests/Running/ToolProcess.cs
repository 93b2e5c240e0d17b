using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tests.Running;

/// <summary>The real tool in a process of its own.</summary>
internal sealed partial class ToolProcess : IDisposable
{
    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly SemaphoreSlim _errorGrew = new(0);

    private ToolProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                // Null marks the end of the stream.
                _error.Append(line.Data is null ? "" : line.Data + "\n");
            }

            _errorGrew.Release();
        };
        process.BeginErrorReadLine();
    }

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public static ToolProcess Start(IReadOnlyDictionary<string, string> environment, params string[] args) => Start(Assembly(), environment, args);

    public static ToolProcess Start(string assembly, IReadOnlyDictionary<string, string> environment, params string[] args) =>
        StartProgram("dotnet", environment, [assembly, .. args]);

    /// <summary>Runs a line of shell.</summary>
    public static ToolProcess StartShell(IReadOnlyDictionary<string, string> environment, string line) => StartProgram("/bin/sh", environment, ["-c", line]);

    private static ToolProcess StartProgram(string program, IReadOnlyDictionary<string, string> environment, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start) ?? throw new InvalidOperationException("No process."));
    }

    public static string Assembly() => Path.Combine(AppContext.BaseDirectory, "valueimprint.dll");

    /// <summary>Writes a line to standard input, now.</summary>
    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads a line of standard output; <see langword="null"/> at its end.</summary>
    public Task<string?> ReadLineAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        return _process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(ToolRun.Timeout, cancellation);
    }

    /// <summary>Leaves, as <c>head</c> does when it has seen enough.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    /// <summary>Ends standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits until standard error holds a text.</summary>
    public async Task WaitForErrorAsync(string text)
    {
        while (!Error.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await _errorGrew.WaitAsync(ToolRun.Timeout), $"Standard error never said '{text}': {Error}");
        }
    }

    /// <summary>What Ctrl-C sends.</summary>
    public void SendInterrupt() => Assert.Equal(0, Kill(_process.Id, Interrupt));

    /// <summary>Waits for the end; standard output is read to its end first.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(ToolRun.Timeout);
        return (await ExitAsync(), output, Error);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(ToolRun.Timeout);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: false);
        }

        _process.Dispose();
        _errorGrew.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
