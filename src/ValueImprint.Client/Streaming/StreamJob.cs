using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using ValueImprint.Auditing;
using ValueImprint.Client.Connections;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Client.Streaming;

/// <summary>
/// One stream of texts from its source to its results: a feeder that reads the source into the window, a lane for each server, and the
/// caller, who takes the results in order.
/// </summary>
internal sealed class StreamJob<TState>(ClientOptions client, ClassifyStreamOptions options, IServerSource servers, UnaryCalls calls, ILogger log)
{
    private static readonly TextOutcome _nothing = new();

    public ClientOptions Client => client;

    public ClassifyStreamOptions Options => options;

    public IServerSource Servers => servers;

    public UnaryCalls Calls => calls;

    public ILogger Log => log;

    /// <summary>Names a text for a person, by the caller's state and its place in the stream, from 0; never by its content.</summary>
    public required Func<TState, long, string> Place { get; init; }

    /// <summary>The text of the caller's state; null: it only passes through, in its turn and with an empty outcome.</summary>
    public required Func<TState, string?> Text { get; init; }

    /// <summary>Told the window at the end, for tests of its bounds.</summary>
    internal Action<TextWindow<TState>>? Observe { get; init; }

    public async IAsyncEnumerable<(TState State, TextOutcome Outcome)> RunAsync(IAsyncEnumerable<TState> source, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var window = new TextWindow<TState>(options.WindowTexts, options.WindowBytes);
        var session = new StreamSession(options.Model, options.ExpectedModelHash, options.AbstainBelow);
        Task[] workers =
        [
            Guard(window, FeedAsync(source, window, ending.Token)),
            .. Enumerable.Range(0, servers.Servers).Select(_ => Guard(window, new StreamLane<TState>(this, window, session).RunAsync(ending.Token))),
        ];
        try
        {
            while (await window.NextAsync(ct).ConfigureAwait(false) is { } pending)
            {
                yield return (pending.State, pending.Outcome!); // Handed out with its answer alone.
            }
        }
        finally
        {
            // Also when the caller stops half way: no task, call or file may outlive the loop.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(workers).ConfigureAwait(false);
            Observe?.Invoke(window);
        }
    }

    private async Task FeedAsync(IAsyncEnumerable<TState> source, TextWindow<TState> window, CancellationToken ct)
    {
        await foreach (var state in source.WithCancellation(ct).ConfigureAwait(false))
        {
            var text = Text(state);
            var bytes = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
            var answer = text is null ? _nothing : bytes > options.MaxTextBytes ? TooLong(bytes) : null;
            await window.AddAsync(state, text ?? "", bytes, answer, ct).ConfigureAwait(false);
        }

        window.Complete();
    }

    /// <summary>Hands a worker's failure to the taker of results; at the end there is nobody left to tell.</summary>
    private static async Task Guard(TextWindow<TState> window, Task worker)
    {
        try
        {
            await worker.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary of a worker: whatever it is goes to the caller, through the window.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            window.Fail(failure);
        }
    }

    private TextOutcome TooLong(int bytes) => new()
    {
        Fault = new TextFault(
            TextFaultKind.TooLong,
            FormattableString.Invariant($"The text has {bytes} bytes, more than the {options.MaxTextBytes} that are sent to a server; shorten or split it.")),
    };
}
