using System.Text;
using ValueImprint.Core.Documents;

namespace ValueImprint.Datasets.Formats;

/// <summary>The fields of one CSV row, one after the other.</summary>
internal ref struct CsvFields(ReadOnlySpan<byte> row, byte delimiter)
{
    private const byte Quote = (byte)'"';

    private readonly ReadOnlySpan<byte> _row = row;
    private int _position;
    private bool _isQuoted;

    /// <summary>The current field's bytes, without its outer quotes; pairs of quotes in it are still pairs.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>Whether the last field's closing quote is followed by something else than a delimiter.</summary>
    public bool IsMalformed { get; private set; }

    public bool MoveNext()
    {
        // One behind the row's end: the last field was followed by no delimiter.
        if (_position > _row.Length)
        {
            return false;
        }

        var rest = _row[_position..];
        _isQuoted = rest is [Quote, ..];
        var length = _isQuoted ? QuotedLength(rest) : rest.IndexOf(delimiter);
        length = length < 0 ? rest.Length : length;
        Raw = _isQuoted ? rest[1..(length - 1)] : rest[..length];
        _position += length + 1;
        IsMalformed = length < rest.Length && rest[length] != delimiter;
        return true;
    }

    public readonly string Decode()
    {
        var text = Encoding.UTF8.GetString(Raw);
        return _isQuoted && Raw.Contains(Quote) ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>The length with both quotes. The splitter has made sure that the row does not end in an open field.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> field)
    {
        var position = 1;
        while (true)
        {
            position += field[position..].IndexOf(Quote) + 1;
            if (position == field.Length || field[position] != Quote)
            {
                return position;
            }

            position++;
        }
    }
}
