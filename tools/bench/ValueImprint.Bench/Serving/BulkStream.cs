using System.Diagnostics;
using System.Runtime.CompilerServices;
using ValueImprint.Client;

namespace ValueImprint.Bench.Serving;

/// <summary>Texts through one bulk stream of the project's own client, as an audit sends them.</summary>
internal static class BulkStream
{
    /// <summary>Streams the texts once.</summary>
    /// <returns>Seconds from the first text to the last answer.</returns>
    /// <exception cref="InvalidOperationException">A text has no classification.</exception>
    public static async Task<double> RunAsync(ClassifierClient client, IReadOnlyList<string> texts)
    {
        var clock = Stopwatch.StartNew();
        var answered = 0;
        await foreach (var (_, outcome) in client.ClassifyStreamAsync(Source(texts), static text => text))
        {
            if (outcome.Fault is { } fault)
            {
                throw new InvalidOperationException($"A text was not classified: {fault.Message}");
            }

            answered++;
        }

        return answered == texts.Count
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"{answered} of {texts.Count} texts were answered.");
    }

    /// <summary>Streams the texts again and again until cancelled.</summary>
    /// <returns>Texts answered.</returns>
    public static async Task<long> RunOnAsync(ClassifierClient client, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var answered = 0L;
        await foreach (var _ in client.ClassifyStreamAsync(Endless(texts, cancellation), static text => text, ct: CancellationToken.None))
        {
            answered++;
        }

        return answered;
    }

    private static async IAsyncEnumerable<string> Source(IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            yield return text;
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<string> Endless(IReadOnlyList<string> texts, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var index = 0; !cancellation.IsCancellationRequested; index = (index + 1) % texts.Count)
        {
            yield return texts[index];
        }

        await Task.CompletedTask;
    }
}
