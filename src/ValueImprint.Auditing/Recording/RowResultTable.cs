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
        new("file", "VARCHAR"), new("line", "BIGINT"), new("row", "BIGINT"), new("id", "VARCHAR"), new("scope", "VARCHAR"),
        new("value", "VARCHAR"), new("values", "VARCHAR[]"), new("score", "FLOAT"), new("scores", "MAP(VARCHAR, FLOAT)"),
        new("stance", "VARCHAR"), new("tokens", "INTEGER"), new("truncated", "BOOLEAN"), new("rejected", "VARCHAR"), new("message", "VARCHAR"),
    ];

    /// <summary>Turns a file of JSON lines into Parquet.</summary>
    /// <param name="jsonLines">What <see cref="RowResultWriter"/> wrote, without the last line that holds the imprint.</param>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="imprint">What was counted of the results.</param>
    /// <param name="hasText">The results hold the dataset's texts.</param>
    /// <exception cref="DatasetException">DuckDB's library is not there, or nothing can be written.</exception>
    public static void Write(string jsonLines, string path, Imprint imprint, bool hasText) => ParquetTable.Write(
        jsonLines,
        path,
        hasText ? [.. _columns, new ParquetColumn("text", "VARCHAR")] : _columns,
        new Dictionary<string, string> { [ImprintKey] = System.Text.Encoding.UTF8.GetString(ImprintWriter.ToBytes(imprint)) });
}
