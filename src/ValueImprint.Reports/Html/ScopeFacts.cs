using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

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
