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

/// <summary>The shares of one scope, with their intervals.</summary>
internal sealed class ScopeFacts
{
    public ScopeFacts(Imprint imprint, ScopeCounts counts, ConfidenceLevel level)
    {
        Counts = counts;
        Shares = [.. counts.Values.Select(value => ShareOf(value.Texts, level))];
        Abstained = ShareOf(counts.Abstained, level);
        ThinLine = Shares.Sum(static share => share.Value) / Shares.Count / 2;
        if (Shares.Count > ReportLimits.CorrectedValues)
        {
            NotCorrectedBecause = $"there are more than {ReportLimits.CorrectedValues} values.";
        }
        else
        {
            Prevalence.TryEstimate(imprint, counts.Scope, out var prevalence, out var problem, level);
            (Corrected, NotCorrectedBecause) = (prevalence?.Values, problem);
        }
    }

    public ScopeCounts Counts { get; }

    public TextScope Scope => Counts.Scope;

    /// <summary><c>[values]</c>: counted shares with Wilson intervals.</summary>
    public IReadOnlyList<Estimate> Shares { get; }

    /// <summary>The share of texts on which the model abstained.</summary>
    public Estimate Abstained { get; }

    /// <summary><c>[values]</c>: shares corrected for the model's known errors; <see langword="null"/> where these are not known.</summary>
    public IReadOnlyList<Estimate>? Corrected { get; }

    /// <summary>Why nothing is corrected, as the end of a sentence.</summary>
    public string? NotCorrectedBecause { get; }

    /// <summary>Half of the values' average share: what lies below is called thin.</summary>
    public double ThinLine { get; }

    /// <summary>The values from the most frequent to the least, ties in the taxonomy's order.</summary>
    public IReadOnlyList<int> ByShare => [.. Enumerable.Range(0, Shares.Count).OrderByDescending(value => Counts.Values[value].Texts)];

    /// <summary>
    /// Whether a value is thin: surely where every interval, counted and corrected, lies below <see cref="ThinLine"/>, perhaps where a
    /// share does but the intervals don't settle it.
    /// </summary>
    public Thinness ThinnessOf(int value)
    {
        Estimate[] estimates = Corrected is null ? [Shares[value]] : [Shares[value], Corrected[value]];
        return ThinLine == 0 ? Thinness.No
            : estimates.All(estimate => estimate.Interval.Upper < ThinLine) ? Thinness.Surely
            : estimates.Any(estimate => estimate.Value < ThinLine) ? Thinness.Perhaps
            : Thinness.No;
    }

    private Estimate ShareOf(long count, ConfidenceLevel level)
    {
        var share = new Share(count, Counts.Texts);
        return new Estimate(share.Value, WilsonInterval.Of(share, level));
    }
}

/// <summary>Whether a dataset shows little of a value.</summary>
internal enum Thinness
{
    No,
    Perhaps,
    Surely,
}
