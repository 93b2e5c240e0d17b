using System.Text.Json;

namespace ValueImprint.Datasets.Formats;

/// <summary>Tells one JSON object that holds all rows from JSON Lines, by the first bytes of either.</summary>
internal static class JsonDocumentHead
{
    /// <param name="content">From the first <c>{</c> on; may be cut anywhere.</param>
    public static bool IsDocument(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf((byte)'\n');
        var firstLine = end < 0 ? content : content[..end];
        var rest = end < 0 ? default : content[end..].TrimStart(" \t\r\n"u8);
        var hasArray = HasDataArray(firstLine, out var isWhole);

        // One whole object a line; a single one is a row, unless it holds the array of rows.
        if (isWhole || end < 0)
        {
            return rest.IsEmpty && hasArray;
        }

        // A first line that is no whole object: a document over several lines, unless the second line opens another row.
        return hasArray || rest.IsEmpty || rest[0] != '{';
    }

    private static bool HasDataArray(ReadOnlySpan<byte> content, out bool isWhole)
    {
        var found = false;
        isWhole = false;
        var reader = new Utf8JsonReader(content, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName
                    && reader.ValueSpan.SequenceEqual(JsonDocumentSplitter.RowsProperty))
                {
                    found = reader.Read() && reader.TokenType == JsonTokenType.StartArray;
                }

                isWhole = reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject;
                if (isWhole)
                {
                    break;
                }
            }
        }
        catch (JsonException)
        {
            // Broken JSON is not whole; reading the rows will say where it breaks.
        }

        return found;
    }
}
