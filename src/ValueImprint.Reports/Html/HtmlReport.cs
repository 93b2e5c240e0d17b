using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>
/// An imprint, and what a gate said of it, as one HTML page for people: no script, no network, smaller than
/// <see cref="ReportLimits.MostBytes"/> whatever the input, for light and dark screens, paper, keyboard and screen reader. What did not
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
