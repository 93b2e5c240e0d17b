using System.Collections;
using System.Text;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Reports.Html;

namespace ValueImprint.Tool.Terminal;

/// <summary>Everything of the process that a verb may touch: results out, talk out, input, environment, time.</summary>
internal sealed class ToolConsole : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const int MaxReported = 50;

    private readonly ResultStream _result;
    private volatile Action<string>? _talk;
    private bool _isInputTaken;

    /// <summary>Streams of the caller's choosing, UTF-8 without a byte-order mark.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Everything else.</param>
    public ToolConsole(Stream input, Stream output, TextWriter error)
    {
        Input = input;
        _result = new ResultStream(output);
        Output = new StreamWriter(_result, new UTF8Encoding(false), BufferBytes) { NewLine = "\n" };
        Error = error;
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>The result; buffered, flushed at the end of a verb.</summary>
    public StreamWriter Output { get; }

    /// <summary>Everything that is not the result.</summary>
    public TextWriter Error { get; }

    /// <summary>Cancelled when nobody reads the result any more.</summary>
    public CancellationToken ReaderGone => _result.ReaderGone;

    /// <summary>What <see cref="Output"/> can show.</summary>
    public TerminalTraits OutputTraits { get; init; } = new(false, false, true, TerminalTraits.DefaultWidth);

    /// <summary>What <see cref="Error"/> can show.</summary>
    public TerminalTraits ErrorTraits { get; init; } = new(false, false, true, TerminalTraits.DefaultWidth);

    /// <summary>Environment variables by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Notes are unwanted; warnings and errors are not notes.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The streams and the environment of this process.</summary>
    public static ToolConsole OfProcess()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "");
        return new ToolConsole(StandardStreams.OpenInput(), StandardStreams.OpenOutput(), StandardStreams.OpenError())
        {
            OutputTraits = TerminalTraits.Detect(!Console.IsOutputRedirected, Console.IsOutputRedirected ? 0 : Console.WindowWidth, environment.GetValueOrDefault),
            ErrorTraits = TerminalTraits.Detect(!Console.IsErrorRedirected, Console.IsErrorRedirected ? 0 : Console.WindowWidth, environment.GetValueOrDefault),
            Environment = environment,
        };
    }

    /// <summary>The result as bytes, behind what was written as text so far.</summary>
    public Stream OutputStream()
    {
        Output.Flush();
        return _result;
    }

    /// <summary>Says something in passing, unless told to be quiet.</summary>
    public void Note(string message)
    {
        if (!IsQuiet)
        {
            Say(message);
        }
    }

    /// <summary>Says what is wrong, in the form that editors and build logs recognise.</summary>
    public void Report(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in Diagnostic.Bounded(diagnostics, MaxReported))
        {
            Say(diagnostic.ToString());
        }
    }

    /// <summary>Lets notes and diagnostics through to a display that redraws its lines, until disposed of.</summary>
    public IDisposable TalkThrough(Action<string> writeLine)
    {
        _talk = writeLine;
        return new Undo(() => _talk = null);
    }

    /// <summary><see cref="Input"/>, the first time; <see langword="null"/> from then on.</summary>
    public Stream? TakeInput() => Interlocked.Exchange(ref _isInputTaken, true) ? null : Input;

    /// <summary>Flushes the result.</summary>
    public void Dispose()
    {
        Output.Dispose();
        Error.Flush();
    }

    private void Say(string text)
    {
        var line = HarmlessText.Line(text);
        if (_talk is { } talk)
        {
            talk(line);
        }
        else
        {
            Error.WriteLine(line);
        }
    }

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
