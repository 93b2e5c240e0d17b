namespace ValueImprint.Client.Auditing.Recording;

/// <summary>Reads a file's end without reading the file.</summary>
internal static class LastLine
{
    private const int BlockBytes = 1 << 16;

    /// <summary>The last line, without its line feed; null where it is longer than allowed or the file has no complete line.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static byte[]? Of(string path, long mostBytes)
    {
        using var file = File.OpenHandle(path);
        var end = RandomAccess.GetLength(file) - 1;
        var block = new byte[BlockBytes];
        if (end < 0 || RandomAccess.Read(file, block.AsSpan(0, 1), end) != 1 || block[0] != (byte)'\n')
        {
            return null;
        }

        // Backwards, block by block, to the line feed before it or the file's start.
        var start = end;
        while (start > 0 && end - start <= mostBytes)
        {
            var from = Math.Max(0, start - block.Length);
            var read = RandomAccess.Read(file, block.AsSpan(0, (int)(start - from)), from);
            var feed = block.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (feed >= 0)
            {
                start = from + feed + 1;
                break;
            }

            start = from;
        }

        if (end - start > mostBytes)
        {
            return null;
        }

        var line = new byte[end - start];
        RandomAccess.Read(file, line, start);
        return line;
    }
}
