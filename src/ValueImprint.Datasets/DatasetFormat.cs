namespace ValueImprint.Datasets;

/// <summary>How a file lays its rows down, once it is decompressed.</summary>
public enum DatasetFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>One JSON array of objects, or one object with such an array named <c>data</c>.</summary>
    Json,

    /// <summary>Comma- or semicolon-separated values with a header line (RFC 4180).</summary>
    Csv,

    /// <summary>Tab-separated values with a header line, quoted like CSV.</summary>
    Tsv,

    /// <summary>One text a line.</summary>
    TextLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>How a file is compressed; told by its first bytes, whatever its name says.</summary>
public enum DatasetCompression
{
    /// <summary>Not compressed as a whole.</summary>
    None,

    /// <summary>gzip (RFC 1952), of one or more members.</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878), of one or more frames.</summary>
    Zstandard,
}
