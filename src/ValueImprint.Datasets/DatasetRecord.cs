using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets;

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
