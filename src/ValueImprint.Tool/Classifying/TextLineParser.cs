using System.Buffers;
using System.Text.Json;

namespace ValueImprint.Tool.Classifying;

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
