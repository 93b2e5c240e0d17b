using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>Rows that are JSON objects, whether lines or elements of an array.</summary>
internal sealed class JsonRows(string file, ByteWindow window, RowSplitter splitter, RowLimits limits, FieldTable table)
    : SplitRows(file, window, splitter, limits, table)
{
    protected override RowFault? ReadRow(ReadOnlySpan<byte> bytes, RowFields row) => JsonRow.Read(bytes, MayBeList, row);
}
