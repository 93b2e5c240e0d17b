using ValueImprint.Datasets;

namespace ValueImprint.Auditing;

/// <summary>A row on its way through the classifier, or the end of a file.</summary>
/// <param name="File">Index of its file in the count.</param>
/// <param name="FileName">The file's name, for a person.</param>
/// <param name="Line">Line or row number in the file, from 1.</param>
public sealed record AuditRow(int File, string FileName, long Line)
{
    /// <summary>The row's number among all rows of all files, from 0.</summary>
    public long Ordinal { get; init; }

    /// <summary>The row's number in its file, from 1.</summary>
    public long Number { get; init; }

    /// <summary>The row's own identifier; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>None for a rejected row, a duplicate and the end of a file.</summary>
    public IReadOnlyList<ScopedText> Texts { get; init; } = [];

    /// <summary>Why it could not be read, as a code such as <c>missing-field</c>, and in a sentence; null where it could.</summary>
    public (string Reason, string Message)? Rejected { get; init; }

    /// <summary>Left out, whether it equals an earlier row or only resembles it.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Of a duplicate: it only resembles the earlier row.</summary>
    public bool IsNear { get; init; }

    /// <summary>Set on the mark behind a file's last row.</summary>
    public DatasetFileInfo? EndOfFile { get; init; }

    /// <summary>Such as <c>data/a.jsonl(12)</c>.</summary>
    public string Place => FormattableString.Invariant($"{FileName}({Line})");

    /// <summary>The row's texts, one by one; of a row without texts, the row itself.</summary>
    public IEnumerable<AuditText> Split()
    {
        for (var index = 0; index < Math.Max(1, Texts.Count); index++)
        {
            yield return new AuditText(this, index);
        }
    }
}

/// <summary>One text of a row; of a row without texts, the row itself.</summary>
/// <param name="Row">The row.</param>
/// <param name="Index">The text's place among the row's texts.</param>
public readonly record struct AuditText(AuditRow Row, int Index)
{
    /// <summary>Null: there is nothing to classify.</summary>
    public string? Text => Row.Texts.Count == 0 ? null : Row.Texts[Index].Text;

    /// <summary>It is the row's last one.</summary>
    public bool EndsRow => Index >= Row.Texts.Count - 1;
}
