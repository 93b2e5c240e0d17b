using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>
/// An imprint, and what a gate said of it, as one HTML page for people: no script, no network, smaller than
/// <see cref="ReportLimits.MaxBytes"/> whatever the input, for light and dark screens, paper, keyboard and screen reader. What did not
/// fit is named where it would stand. Holds no dataset text but that of <see cref="Examples"/>.
/// </summary>
public sealed record HtmlReport
{
    /// <summary>The imprint that is shown.</summary>
    public required Imprint Imprint { get; init; }

    /// <summary>What a gate said of it; <see langword="null"/>: no policy was given.</summary>
    public GateResult? Result { get; init; }

    /// <summary>What the values' drift is measured from; <see langword="null"/>: the last one of <see cref="History"/>, if any.</summary>
    public NamedImprint? Baseline { get; init; }

    /// <summary>Imprints of earlier versions of the dataset, oldest first.</summary>
    public IReadOnlyList<NamedImprint> History { get; init; } = [];

    /// <summary>Texts of the dataset that the reader may see; none unless the person who ran the audit asked for them.</summary>
    public IReadOnlyList<ExampleText> Examples { get; init; } = [];

    /// <summary>What wrote the page, such as <c>valueimprint 1.0.0</c>.</summary>
    public string Tool { get; init; } = "ValueImprint";

    /// <summary>Writes the page; it is UTF-8 by its own word, so the writer must be too. Lines end with a line feed.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var facts = new ReportFacts(this);
        ReportSection[] sections =
        [
            new VerdictSection(facts),
            new ValuesSection(facts),
            new StanceSection(facts),
            new PreferenceSection(facts),
            new DriftSection(facts),
            new HistorySection(facts),
            new ExamplesSection(facts),
            new RowsSection(facts),
            new ProvenanceSection(facts),
        ];
        ReportPage.Write(facts, [.. sections.Where(static section => section.HasContent)], new HtmlWriter(writer));
    }
}

/// <summary>An imprint that another one is compared with.</summary>
/// <param name="Name">What the reader knows it by, such as its file's name.</param>
/// <param name="Imprint">The imprint.</param>
public sealed record NamedImprint(string Name, Imprint Imprint);

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

/// <summary>How much of everything a page shows, so that it stays small whatever it is made from.</summary>
public static class ReportLimits
{
    /// <summary>No page is larger, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Most values of a table; of more, the most frequent and the least frequent ones.</summary>
    public const int Values = 30;

    /// <summary>Most values on a side of the transitions; of more, the most frequent ones.</summary>
    public const int TransitionValues = 16;

    /// <summary>Most values that are corrected for the model's errors, whose cost grows with their square.</summary>
    public const int CorrectedValues = 50;

    /// <summary>Most rules; the ones that don't hold come first.</summary>
    public const int Rules = 50;

    /// <summary>Most imprints of a history: the newest ones.</summary>
    public const int History = 8;

    /// <summary>Most dataset files.</summary>
    public const int Files = 50;

    /// <summary>Most reasons for rejecting rows.</summary>
    public const int Reasons = 30;

    /// <summary>Most examples.</summary>
    public const int Examples = 56;

    /// <summary>Most characters of an example.</summary>
    public const int ExampleCharacters = 400;

    /// <summary>Most characters of a message.</summary>
    public const int MessageCharacters = 300;
}
