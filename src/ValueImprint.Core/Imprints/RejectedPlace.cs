namespace ValueImprint.Core.Imprints;

/// <summary>Where a rejected row stands; never what it says.</summary>
/// <param name="File">File name without folders.</param>
/// <param name="Line">Line or row number, from 1.</param>
/// <param name="Reason">Why, as a short code such as <c>missing-field</c>.</param>
public sealed record RejectedPlace(string File, long Line, string Reason)
{
    /// <summary>By file, line and reason.</summary>
    internal static Comparer<RejectedPlace> Order { get; } = Comparer<RejectedPlace>.Create(static (left, right) =>
    {
        var order = string.CompareOrdinal(left.File, right.File);
        order = order != 0 ? order : left.Line.CompareTo(right.Line);
        return order != 0 ? order : string.CompareOrdinal(left.Reason, right.Reason);
    });
}
