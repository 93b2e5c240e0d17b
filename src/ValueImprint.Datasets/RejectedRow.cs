namespace ValueImprint.Datasets;

/// <summary>A row that could not be used. Reading goes on behind it; whether there are too many is the audit's to judge.</summary>
public sealed class RejectedRow : DatasetItem
{
    internal RejectedRow(string file, long line, long row, RowFault fault)
        : base(file, line, row)
    {
        Reason = fault.Reason;
        Message = fault.Message;
    }

    /// <summary>The kind of fault, for counting.</summary>
    public RejectionReason Reason { get; }

    /// <summary>What was found and what was expected, without the place and without the dataset's text.</summary>
    public string Message { get; }

    /// <summary>Place, code and message in one line: <c>file(line): missing-field: …</c>.</summary>
    public override string ToString() => $"{base.ToString()}: {Reason.Code()}: {Message}";
}

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

/// <summary>The stable codes of <see cref="RejectionReason"/>.</summary>
public static class RejectionReasons
{
    /// <summary>The code as it stands in imprints and reports, such as <c>missing-field</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    public static string Code(this RejectionReason reason) => reason switch
    {
        RejectionReason.InvalidUtf8 => "invalid-utf8",
        RejectionReason.InvalidJson => "invalid-json",
        RejectionReason.NotAnObject => "not-an-object",
        RejectionReason.InvalidUnicode => "invalid-unicode",
        RejectionReason.InvalidCsv => "invalid-csv",
        RejectionReason.ColumnCount => "column-count",
        RejectionReason.MissingField => "missing-field",
        RejectionReason.WrongType => "wrong-type",
        RejectionReason.EmptyText => "empty-text",
        RejectionReason.RowTooLong => "row-too-long",
        RejectionReason.UnknownRole => "unknown-role",
        RejectionReason.NoAnswer => "no-answer",
        RejectionReason.UnexpectedField => "unexpected-field",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason for rejection."),
    };
}

/// <summary>Why a row is rejected, before its place is known.</summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Message">Found and expected; never a piece of a text.</param>
internal sealed record RowFault(RejectionReason Reason, string Message);
