using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What the sections show, derived once from the imprint.</summary>
internal sealed class ReportFacts
{
    public ReportFacts(HtmlReport report)
    {
        Report = report;
        Level = report.Result?.Policy.Interval ?? ConfidenceLevel.Default;
        Scopes = [.. Imprint.Scopes.Select(counts => new ScopeFacts(Imprint, counts, Level))];
        Contrast = Imprint.Pairs.Pairs > 0 ? PreferenceContrast.Of(Imprint, Level) : null;
        Baseline = report.Baseline ?? (report.History.Count > 0 ? report.History[^1] : null);
        if (Baseline is not null)
        {
            ImprintDiff.TryCreate(Baseline.Imprint, Imprint, out var drift, out var problem, Level);
            (Drift, DriftProblem) = (drift, problem);
        }
    }

    public HtmlReport Report { get; }

    public Imprint Imprint => Report.Imprint;

    /// <summary>Confidence of all intervals.</summary>
    public ConfidenceLevel Level { get; }

    /// <summary>The scopes that have texts.</summary>
    public IReadOnlyList<ScopeFacts> Scopes { get; }

    /// <summary>The scope that the summary speaks of: what a model is trained to say.</summary>
    public ScopeFacts? Main => Scopes.Count > 0 ? Scopes[0] : null;

    /// <summary>Chosen against rejected; <see langword="null"/> without pairs.</summary>
    public PreferenceContrast? Contrast { get; }

    /// <summary>The imprint that the drift is measured from.</summary>
    public NamedImprint? Baseline { get; }

    /// <summary>The drift; <see langword="null"/> without a baseline, or with one that can't be compared.</summary>
    public ImprintDiff? Drift { get; }

    /// <summary>Why the baseline can't be compared.</summary>
    public string? DriftProblem { get; }

    public string NameOf(int value) => ReportText.Name(Imprint.Taxonomy.Values[value].Name);
}
