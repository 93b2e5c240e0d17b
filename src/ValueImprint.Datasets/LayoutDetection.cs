namespace ValueImprint.Datasets;

/// <summary>Which layout a file is read by, and why.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="IsForced">Whether it was asked for, rather than found.</param>
/// <param name="Reason">One sentence to show: the layout and the fields that told it, or that it was asked for.</param>
/// <param name="Fields">The top-level fields of the first rows, or of the schema, in the order of appearance.</param>
public sealed record LayoutDetection(DatasetLayout Layout, bool IsForced, string Reason, IReadOnlyList<string> Fields);
