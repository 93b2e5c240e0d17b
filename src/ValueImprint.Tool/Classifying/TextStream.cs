using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ValueImprint.Auditing;
using ValueImprint.Auditing.Recording;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Classifying;

/// <summary>
/// JSON lines in, JSON lines out, in order. Reads no further ahead than <see cref="MostWaiting"/> lines; flushes whenever the next
/// answer is still to come, so that a program that waits for its answers gets them.
/// </summary>
internal sealed class TextStream(IClassifier client, string model, ToolConsole console)
{
    /// <summary>Most lines read and not yet written.</summary>
    public const int MostWaiting = 4096;

    private const int BufferBytes = 64 * 1024;

    private readonly Channel<TextLine> _lines = Channel.CreateBounded<TextLine>(MostWaiting);

    /// <summary>Classifies standard input to its end.</summary>
    /// <returns>How many lines were written, and how many of them have no classification.</returns>
    public async Task<(long Lines, long Failed)> RunAsync(CancellationToken cancellation)
    {
        // Whoever ends first, in a fault or because nobody reads the answers, ends the other.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, console.ReaderGone);
        var classifying = EndOnFaultAsync(ClassifyAsync(end.Token), end);
        var writing = WriteAsync(end.Token);
        try
        {
            await classifying;
            return await writing;
        }
        catch (OperationCanceledException) when (console.ReaderGone.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return (0, 0);
        }
        finally
        {
            await end.CancelAsync();
            await writing.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private static async Task EndOnFaultAsync(Task work, CancellationTokenSource end)
    {
        try
        {
            await work;
        }
        catch
        {
            await end.CancelAsync();
            throw;
        }
    }

    private async Task ClassifyAsync(CancellationToken cancellation)
    {
        var taxonomy = (await client.GetModelAsync(model, cancellation)).Taxonomy;
        var answers = client.ClassifyStreamAsync(
            ReadAsync(cancellation),
            static line => line.Text,
            ClassifyStreamOptions.Default with { Model = model },
            static line => FormattableString.Invariant($"line {line.Number}"),
            cancellation);
        await foreach (var (line, outcome) in answers)
        {
            line.Complete(outcome, taxonomy);
        }
    }

    // Lines with a problem don't go to the server; they are answered at once and keep their place among the others.
    private async IAsyncEnumerable<TextLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in TextLineReader.ReadAsync(console.Input, cancellation))
        {
            if (line.Text is null)
            {
                line.Refuse();
            }

            await _lines.Writer.WriteAsync(line, cancellation);
            if (line.Text is not null)
            {
                yield return line;
            }
        }

        _lines.Writer.Complete();
    }

    private async Task<(long Lines, long Failed)> WriteAsync(CancellationToken cancellation)
    {
        var (lines, failed) = (0L, 0L);
        // Not disposed of, since that would close standard output; the writer flushes it at the end.
        var buffer = new BufferedStream(console.OutputStream(), BufferBytes);
        await using var writer = new RowResultWriter(buffer);
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellation))
        {
            if (!line.Answer.IsCompleted)
            {
                await buffer.FlushAsync(cancellation);
            }

            var answer = await line.Answer.WaitAsync(cancellation);
            await writer.WriteAsync(answer, cancellation);
            (lines, failed) = (lines + 1, failed + (answer.Outcome is null ? 1 : 0));
            if (!_lines.Reader.TryPeek(out _))
            {
                await buffer.FlushAsync(cancellation);
            }
        }

        return (lines, failed);
    }
}
