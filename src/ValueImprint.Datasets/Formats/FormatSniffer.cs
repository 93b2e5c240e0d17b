using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>Tells a format from a file's first bytes.</summary>
internal static class FormatSniffer
{
    /// <summary>So many bytes are looked at.</summary>
    public const int HeadBytes = 64 * 1024;

    /// <summary>The UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The format, or null where nothing known fits.</summary>
    /// <param name="head">The first bytes, without a byte order mark.</param>
    /// <param name="named">What the file's name says, or null.</param>
    public static DatasetFormat? Tell(ReadOnlySpan<byte> head, DatasetFormat? named)
    {
        // The hub is full of .json files that hold a JSON object a line.
        if (named is not (null or DatasetFormat.Json))
        {
            return named;
        }

        var content = head.TrimStart(" \t\r\n"u8);
        if (content.IsEmpty)
        {
            return named ?? DatasetFormat.JsonLines;
        }

        return content[0] switch
        {
            (byte)'[' => DatasetFormat.Json,
            (byte)'{' => JsonDocumentHead.IsDocument(content) ? DatasetFormat.Json : DatasetFormat.JsonLines,
            _ => named ?? TellTable(content),
        };
    }

    private static DatasetFormat? TellTable(ReadOnlySpan<byte> content)
    {
        var header = content[..(content.IndexOf((byte)'\n') is > 0 and var end ? end : content.Length)];
        foreach (var (delimiter, format) in new[] { ('\t', DatasetFormat.Tsv), (',', DatasetFormat.Csv), (';', DatasetFormat.Csv) })
        {
            var names = new List<string>();
            foreach (var field in header.Split((byte)delimiter))
            {
                names.Add(System.Text.Encoding.UTF8.GetString(header[field]).Trim().Trim('"'));
            }

            // A sentence with commas is no header; a header has the names of a layout.
            if (DatasetLayout.Known.Any(layout => Reading.Bind(layout, names, null, out var missing) is not null && missing.Count == 0) && header.Contains((byte)delimiter))
            {
                return format;
            }
        }

        return null;
    }
}
