using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Tool.Classifying;

/// <summary>A line of <c>classify - --format jsonl</c>: a text, or what is wrong with the line.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Id">The line's own name; <see langword="null"/> where it has none.</param>
/// <param name="Text">The text; <see langword="null"/> where there is a problem.</param>
/// <param name="Problem">What was found and expected; never the line itself.</param>
internal sealed record TextLine(long Number, string? Id, string? Text, string? Problem)
{
    private readonly TaskCompletionSource<RowResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What becomes of it.</summary>
    public Task<RowResult> Answer => _answer.Task;

    /// <summary>Says what the model made of it.</summary>
    public void Complete(TextOutcome outcome, TaxonomyIdentity taxonomy) => _answer.TrySetResult(outcome.Fault is { } fault
        ? Refused(fault.Message)
        : new RowResult { Id = Id, Outcome = outcome, Taxonomy = taxonomy });

    /// <summary>Says that it never gets to the model.</summary>
    public void Refuse() => _answer.TrySetResult(Refused(Problem));

    private RowResult Refused(string? why) => new() { Line = Number, Id = Id, Rejected = "not-classified", Message = why };
}

/// <summary>Reads <c>{"id": …, "text": …}</c>; other members are passed over.</summary>
internal static class TextLineParser
{
    private const string Expected = "expected a JSON object with a \"text\", and perhaps an \"id\", on one line";

    /// <summary>A line that is not even kept.</summary>
    public static TextLine TooLong(long number, int limit) => Problem(number, FormattableString.Invariant($"the line is longer than {limit} bytes"));

    /// <summary>A line; <see langword="null"/> for a blank one.</summary>
    public static TextLine? Parse(ReadOnlySequence<byte> line, long number)
    {
        ReadOnlySpan<byte> bytes = line.ToArray();
        bytes = number == 1 && bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (bytes.Trim(" \t\r"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? Problem(number, "something follows the JSON object") : Read(document.RootElement, number);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what JsonElement says of a string that is no UTF-8 or holds half a surrogate pair.
            return Problem(number, "the line is not JSON in UTF-8");
        }
    }

    private static TextLine Read(JsonElement row, long number)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return Problem(number, $"the line is a JSON {Name(row)}");
        }

        var id = !row.TryGetProperty("id", out var name) || name.ValueKind == JsonValueKind.Null ? null
            : name.ValueKind == JsonValueKind.String ? name.GetString()
            : name.GetRawText();
        return !row.TryGetProperty("text", out var text) ? Problem(number, "there is no \"text\"", id)
            : text.ValueKind != JsonValueKind.String ? Problem(number, $"\"text\" is a {Name(text)}", id)
            : new TextLine(number, id, text.GetString(), null);
    }

    private static string Name(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();

    private static TextLine Problem(long number, string found, string? id = null) => new(number, id, null, $"{found}; {Expected}.");
}

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
