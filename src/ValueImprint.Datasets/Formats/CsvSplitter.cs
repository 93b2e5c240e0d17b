using ValueImprint.Core.Documents;

namespace ValueImprint.Datasets.Formats;

/// <summary>
/// A row is a line that is not blank, or several where a quoted field holds line breaks (RFC 4180). A quote opens a field
/// only at its start; elsewhere it is a character like any other.
/// </summary>
internal sealed class CsvSplitter(byte delimiter) : RowSplitter
{
    private const byte Quote = (byte)'"';

    private int _scanned;
    private long _newlines;
    private bool _inQuotes;
    private RowFault? _giveUp;

    public override SplitResult Next(ReadOnlySpan<byte> unread, bool ended, out RowSlice row)
    {
        var start = 0;
        while (true)
        {
            if (_giveUp is { } fault)
            {
                return SkipLine(unread, ended, start, fault, out row);
            }

            if (!FindEnd(unread, start, ended, out var end))
            {
                row = new RowSlice(0, 0, start, _newlines + 1);
                _scanned = end - start;
                if (!ended)
                {
                    return SplitResult.NeedMore;
                }

                if (_inQuotes)
                {
                    _giveUp = Unclosed("before the file ends");
                    continue;
                }

                if (start == unread.Length)
                {
                    return SplitResult.End;
                }

                end = unread.Length;
            }

            var next = Math.Min(end + 1, unread.Length);
            var line = _newlines + 1;
            _newlines += unread[start..next].Count((byte)'\n');
            _scanned = 0;
            if (end > start && unread[end - 1] == '\r')
            {
                end--;
            }

            if (!unread[start..end].Trim(" \r"u8).IsEmpty)
            {
                row = new RowSlice(start, end - start, next, line);
                return SplitResult.Row;
            }

            start = next;
        }
    }

    public override void SkipLongRow(int maxBytes) =>
        _giveUp ??= _inQuotes ? Unclosed($"within {maxBytes} bytes (MaxRowBytes)") : TooLong(maxBytes);

    private static RowFault Unclosed(string where) =>
        new(RejectionReason.InvalidCsv, $"a quoted field that opens on this line is not closed {where}; reading goes on with the next line.");

    /// <summary>Looks for the line feed that ends the row, from where the last look ended.</summary>
    private bool FindEnd(ReadOnlySpan<byte> unread, int start, bool ended, out int end)
    {
        end = start + _scanned;
        while (end < unread.Length)
        {
            if (_inQuotes)
            {
                var quote = unread[end..].IndexOf(Quote);
                if (quote < 0)
                {
                    end = unread.Length;
                    return false;
                }

                end += quote;
                if (end + 1 == unread.Length && !ended)
                {
                    // Whether this quote closes or is the first of a pair is not known yet.
                    return false;
                }

                var isPair = end + 1 < unread.Length && unread[end + 1] == Quote;
                _inQuotes = isPair;
                end += isPair ? 2 : 1;
                continue;
            }

            var found = unread[end..].IndexOfAny((byte)'\n', Quote);
            if (found < 0)
            {
                end = unread.Length;
                return false;
            }

            end += found;
            if (unread[end] == '\n')
            {
                return true;
            }

            _inQuotes = end == start || unread[end - 1] == delimiter;
            end++;
        }

        return false;
    }

    /// <summary>Gives up the row's first line, and takes up reading behind it.</summary>
    private SplitResult SkipLine(ReadOnlySpan<byte> unread, bool ended, int start, RowFault fault, out RowSlice row)
    {
        var feed = unread[start..].IndexOf((byte)'\n');
        if (feed < 0 && !ended)
        {
            _scanned = 0;
            row = new RowSlice(0, 0, unread.Length, _newlines + 1);
            return SplitResult.NeedMore;
        }

        (_giveUp, _inQuotes, _scanned) = (null, false, 0);
        row = new RowSlice(start, 0, feed < 0 ? unread.Length : start + feed + 1, ++_newlines, fault);
        return SplitResult.Row;
    }
}
