using System.Text;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>Rows of delimited values behind a header line.</summary>
internal sealed class CsvRows : SplitRows
{
    private readonly byte _delimiter;
    private readonly List<int> _header = [];
    private bool _headerRead;

    /// <summary>How tables write that a value is missing; a text of one of these words says nothing else either.</summary>
    private static readonly HashSet<string> _missing = new(["nan", "NaN", "NAN", "null", "NULL", "None", "<NA>", "N/A"], StringComparer.Ordinal);

    private CsvRows(string file, ByteWindow window, byte delimiter, RowLimits limits, FieldTable table)
        : base(file, window, new CsvSplitter(delimiter), limits.ForHeader(), table)
    {
        _delimiter = delimiter;
    }

    public static CsvRows Create(string file, ByteWindow window, DatasetFormat format, RowLimits limits, FieldTable table) =>
        new(file, window, format == DatasetFormat.Tsv ? (byte)'\t' : DelimiterOf(window.Unread), limits, table);

    public override async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (!_headerRead)
        {
            _headerRead = true;
            await base.MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }

        return await base.MoveNextAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override RowFault? Sample(ReadOnlySpan<byte> bytes, RowFields row)
    {
        if (Utf8Rows.Check(bytes) is { } fault)
        {
            return fault;
        }

        var fields = new CsvFields(bytes, _delimiter);
        while (fields.MoveNext())
        {
            // Of columns with the same name the first counts.
            var index = Table.GetOrAdd(fields.Decode().Trim());
            _header.Add(_header.Contains(index) ? -1 : index);
        }

        Table.Fill(_header.Where(static index => index >= 0));

        return null;
    }

    protected override RowFault? ReadRow(ReadOnlySpan<byte> bytes, RowFields row)
    {
        var fields = new CsvFields(bytes, _delimiter);
        var column = 0;
        for (; fields.MoveNext(); column++)
        {
            if (fields.IsMalformed)
            {
                return new(RejectionReason.InvalidCsv, $"column {column + 1} goes on behind its closing quote; expected a delimiter.");
            }

            if (column < _header.Count && _header[column] is >= 0 and var index)
            {
                row[index] = Table.IsWanted(index) ? ValueOf(fields.Decode()) : FieldValue.Unread;
            }
        }

        return column == _header.Count
            ? null
            : new(RejectionReason.ColumnCount, $"the row has {column} columns; the header has {_header.Count}.");
    }

    private static FieldValue ValueOf(string text) => _missing.Contains(text) ? FieldValue.Null : FieldValue.OfText(text);

    /// <summary>The delimiter that the header line has most of; spreadsheets write semicolons where commas are decimal.</summary>
    private static byte DelimiterOf(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        var header = end < 0 ? head : head[..end];
        var (commas, semicolons, tabs) = (header.Count((byte)','), header.Count((byte)';'), header.Count((byte)'\t'));
        return commas >= semicolons && commas >= tabs ? (byte)',' : semicolons >= tabs ? (byte)';' : (byte)'\t';
    }
}
