namespace ValueImprint.Datasets;

/// <summary>Why a row was rejected. Codes are stable: they appear in imprints and reports.</summary>
public enum RejectionReason
{
    /// <summary>The row's bytes are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The row is not well-formed JSON.</summary>
    InvalidJson,

    /// <summary>The row is JSON, but not an object.</summary>
    NotAnObject,

    /// <summary>A JSON string holds half a surrogate pair, which is no character.</summary>
    InvalidUnicode,

    /// <summary>A quoted CSV field is not closed, or goes on behind its closing quote.</summary>
    InvalidCsv,

    /// <summary>A CSV row has more or fewer fields than the header.</summary>
    ColumnCount,

    /// <summary>A field that the layout needs is absent or null.</summary>
    MissingField,

    /// <summary>A field holds another kind of value than the layout needs.</summary>
    WrongType,

    /// <summary>A text is empty, or all white space.</summary>
    EmptyText,

    /// <summary>The row is longer than <see cref="DatasetReaderOptions.MaxRowBytes"/>.</summary>
    RowTooLong,

    /// <summary>A message has a role that is neither a user's, an assistant's, nor a known auxiliary one.</summary>
    UnknownRole,

    /// <summary>A dialogue holds no answer of an assistant.</summary>
    NoAnswer,

    /// <summary>A row has a field that changes what is read, and that no layout of its fields reads.</summary>
    UnexpectedField,
}
