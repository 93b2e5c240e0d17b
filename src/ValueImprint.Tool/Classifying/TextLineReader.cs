using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ValueImprint.Tool.Classifying;

/// <summary>Cuts lines out of a stream as they arrive. A bad line is an answer like any other, never an end.</summary>
internal static class TextLineReader
{
    /// <summary>Longest line, in bytes. A longer one has a problem, and is not kept.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The lines in order; blank ones are passed over.</summary>
    public static async IAsyncEnumerable<TextLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var number = 0L;
        var isTooLong = false;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (TryCut(ref rest, read.IsCompleted, out var line))
            {
                number++;
                var found = isTooLong || line.Length > MostBytes ? TextLineParser.TooLong(number, MostBytes) : TextLineParser.Parse(line, number);
                isTooLong = false;
                if (found is not null)
                {
                    yield return found;
                }
            }

            if (read.IsCompleted)
            {
                break;
            }

            // Of a line beyond the limit only the end is waited for; what came so far is dropped.
            isTooLong |= rest.Length > MostBytes;
            pipe.AdvanceTo(isTooLong ? rest.End : rest.Start, rest.End);
        }

        await pipe.CompleteAsync();
    }

    private static bool TryCut(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (isLast)
        {
            rest = rest.Slice(rest.End);
        }

        return isLast && !line.IsEmpty;
    }
}
