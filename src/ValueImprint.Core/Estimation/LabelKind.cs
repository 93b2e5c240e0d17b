namespace ValueImprint.Core.Estimation;

/// <summary>Texts with the same labels.</summary>
/// <param name="Labels">Indexes of <see cref="LabelCounts.Labels"/>.</param>
/// <param name="Texts">How many.</param>
internal readonly record struct LabelKind(int[] Labels, long Texts);
