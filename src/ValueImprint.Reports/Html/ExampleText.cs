using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>A text of the dataset, to be shown because somebody asked for it.</summary>
/// <param name="Scope">Its scope.</param>
/// <param name="Value">Index of its value in the taxonomy.</param>
/// <param name="Text">The text; shown up to <see cref="ReportLimits.ExampleCharacters"/>.</param>
public sealed record ExampleText(TextScope Scope, int Value, string Text)
{
    /// <summary>How it treats the value; <see langword="null"/> from a model without a stance head.</summary>
    public Stance? Stance { get; init; }

    /// <summary>The value's score, in [0, 1].</summary>
    public double Score { get; init; } = double.NaN;

    /// <summary>Where it stands.</summary>
    public SourcePosition Position { get; init; }
}
