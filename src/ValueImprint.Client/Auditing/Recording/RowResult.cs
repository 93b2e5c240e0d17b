using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Auditing.Recording;

/// <summary>What became of one text, or of a row that was rejected as a whole.</summary>
public sealed record RowResult
{
    /// <summary>The row's file, as it was given; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>The row's line in the file, from 1; null where there is no file.</summary>
    public long? Line { get; init; }

    /// <summary>The row's number in the file, from 1, which tells the rows of a line apart; null where there is no file.</summary>
    public long? Row { get; init; }

    /// <summary>The row's own identifier; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>Which side of the row the text is; null for a rejected row.</summary>
    public TextScope? Scope { get; init; }

    /// <summary>The answer; null for a rejected row.</summary>
    public Classification? Classification { get; init; }

    /// <summary>Why the row was rejected, as a code such as <c>missing-field</c>; null where it was not.</summary>
    public string? Rejected { get; init; }

    /// <summary>Why, in a sentence without dataset text; null where it was not rejected.</summary>
    public string? Message { get; init; }

    /// <summary>The text itself, where that was asked for.</summary>
    public string? Text { get; init; }
}
