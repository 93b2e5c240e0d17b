using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets;

/// <summary>A text to classify and the side of its record that it comes from.</summary>
/// <param name="Scope">The side, for which coverage is counted on its own.</param>
/// <param name="Text">The text as it is classified: trimmed, never empty; a whole dialogue where the record has turns.</param>
public readonly record struct ScopedText(TextScope Scope, string Text)
{
    /// <summary>The scope and the length: a dataset's text must not slip into a log by way of an interpolated string.</summary>
    public override string ToString() => $"{Scope} ({Text?.Length ?? 0} characters)";
}
