using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets;

/// <summary>What a row became: a <see cref="DatasetRecord"/>, or a <see cref="RejectedRow"/> that says why not.</summary>
/// <remarks>Every row of a file yields exactly one item, so that read = records + rejected.</remarks>
public abstract class DatasetItem
{
    private protected DatasetItem(string file, long line, long row)
    {
        File = file;
        Line = line;
        Row = row;
    }

    /// <summary>The file's path as it was given, or <c>-</c> for standard input.</summary>
    public string File { get; }

    /// <summary>The physical line on which the row starts, from 1. In a Parquet file, which has no lines, the row's number.</summary>
    public long Line { get; }

    /// <summary>The row's number in its file, from 1, rejected rows included and blank lines not; stable over runs.</summary>
    public long Row { get; }

    /// <summary>The place alone, <c>file(line)</c>: texts stay out of logs.</summary>
    public override string ToString() => $"{File}({Line})";
}

/// <summary>A readable row: one text, or the chosen and the rejected text of a preference pair together.</summary>
public sealed class DatasetRecord : DatasetItem
{
    internal DatasetRecord(string file, long line, long row, string? id, string? label, ScopedText[] texts)
        : base(file, line, row)
    {
        Id = id;
        Label = label;
        Texts = texts;
    }

    /// <summary>The row's own identifier, or null where it has none.</summary>
    public string? Id { get; }

    /// <summary>A label that the dataset itself carries (layout <c>paper</c>), or null; it takes no part in the audit.</summary>
    public string? Label { get; }

    /// <summary>
    /// The texts to classify, at least one. A preference pair has two: chosen first, then rejected; further rejected ones follow where only
    /// the best of several answers is known.
    /// </summary>
    public IReadOnlyList<ScopedText> Texts { get; }

    /// <summary>Whether the texts are the two sides of one preference.</summary>
    public bool IsPair => Texts.Count == 2 && Texts[0].Scope == Core.Imprints.TextScope.Chosen;
}

/// <summary>A text to classify and the side of its record that it comes from.</summary>
/// <param name="Scope">The side, for which coverage is counted on its own.</param>
/// <param name="Text">The text as it is classified: trimmed, never empty; a whole dialogue where the record has turns.</param>
public readonly record struct ScopedText(TextScope Scope, string Text)
{
    /// <summary>The scope and the length: a dataset's text must not slip into a log by way of an interpolated string.</summary>
    public override string ToString() => $"{Scope} ({Text?.Length ?? 0} characters)";
}
