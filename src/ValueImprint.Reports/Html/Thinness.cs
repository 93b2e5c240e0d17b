namespace ValueImprint.Reports.Html;

/// <summary>Whether a dataset shows little of a value.</summary>
internal enum Thinness
{
    No,
    Perhaps,
    Surely,
}
