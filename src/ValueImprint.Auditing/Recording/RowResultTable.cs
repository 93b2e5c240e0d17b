using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Recording;

/// <summary>Results as a Parquet file: the members of <see cref="RowResultWriter"/> as columns, and the imprint in the footer.</summary>
public static class RowResultTable
{
    /// <summary>The footer's key under which the imprint stands, as JSON.</summary>
    public const string ImprintKey = "valueimprint.imprint";

    private static readonly ParquetColumn[] _columns =
    [
        new("file", typeof(string)), new("line", typeof(long)), new("row", typeof(long)), new("id", typeof(string)), new("scope", typeof(string)),
        new("value", typeof(string)), new("values", typeof(string[])), new("score", typeof(float)), new("scores", typeof(Dictionary<string, float>)),
        new("stance", typeof(string)), new("tokens", typeof(int)), new("truncated", typeof(bool)), new("rejected", typeof(string)),
        new("message", typeof(string)),
    ];

    /// <summary>Turns a file of JSON lines into Parquet.</summary>
    /// <param name="jsonLines">What <see cref="RowResultWriter"/> wrote, without the last line that holds the imprint.</param>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="imprint">What was counted of the results.</param>
    /// <param name="hasText">The results hold the dataset's texts.</param>
    /// <exception cref="DatasetException">A result does not fit its column.</exception>
    public static void Write(string jsonLines, string path, Imprint imprint, bool hasText) => ParquetTable.Write(
        jsonLines,
        path,
        hasText ? [.. _columns, new ParquetColumn("text", typeof(string))] : _columns,
        new Dictionary<string, string> { [ImprintKey] = System.Text.Encoding.UTF8.GetString(ImprintWriter.ToBytes(imprint)) });
}
