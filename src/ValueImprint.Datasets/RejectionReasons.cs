namespace ValueImprint.Datasets;

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
