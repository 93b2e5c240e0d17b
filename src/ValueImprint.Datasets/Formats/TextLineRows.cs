using System.Text;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>A text a line; the only field is called <c>text</c>.</summary>
internal sealed class TextLineRows(string file, ByteWindow window, RowLimits limits, FieldTable table)
    : SplitRows(file, window, new LineSplitter(), limits, table)
{
    private readonly int _index = table.GetOrAdd("text");

    protected override RowFault? ReadRow(ReadOnlySpan<byte> bytes, RowFields row)
    {
        row[_index] = FieldValue.OfText(Encoding.UTF8.GetString(bytes));
        return null;
    }
}
