using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Gate.Early;

/// <summary>One bound of a coverage rule, and on which side of it the share is.</summary>
/// <remarks>
/// A share of <c>count / texts</c> is at least a bound exactly where the sum of <c>count − bound · texts</c> over all rows is not negative.
/// So each row is one number, however many texts it has and whether it is rejected or not (then it is 0, and takes no side), and the
/// unknown denominator is no trouble. The ends of Wilson's interval lie beyond a bound where that sum is beyond
/// ± z · √(texts · bound · (1 − bound)), which is the square root that the full audit avoids.
/// </remarks>
internal sealed class EarlyBound
{
    private readonly double _bound;
    private readonly int _mostTexts;
    private readonly ConfidenceSequence _sequence;

    public EarlyBound(CoverageRule rule, ShareBound bound, EarlySurvey survey, ConfidenceLevel level, double errorRate)
    {
        (Bound, _bound, _mostTexts) = (bound, bound.Value, survey.MostTextsPerRow(rule.Scope));
        var reach = level.Quantile * Math.Sqrt(survey.Texts(rule.Scope) * _bound * (1 - _bound));
        var isStraddling = rule.OnStraddle == OnStraddle.Inconclusive;

        // Rejected rows make the reach smaller than it is here, down to nothing: each border stands where no such row can pull it over.
        var lower = isStraddling || rule.Judge == JudgedOn.Upper ? -reach : 0;
        var upper = isStraddling || rule.Judge == JudgedOn.Lower ? reach : 0;
        var middle = survey.Rows * _bound;
        _sequence = new ConfidenceSequence(survey.Rows, middle + lower / _mostTexts, middle + upper / _mostTexts, errorRate);
    }

    public ShareBound Bound { get; }

    /// <summary>On which side of the bound the judged number is.</summary>
    public SequenceSide Side => _sequence.Side;

    /// <summary>How many error rates a rule's bound takes: a rule that may be inconclusive can be wrong on either side.</summary>
    public static int Risks(CoverageRule rule) => rule.OnStraddle == OnStraddle.Inconclusive ? 2 : 1;

    /// <summary>Takes a row: its texts of the scope, and how many of these count.</summary>
    public void Add(int count, int texts) => _sequence.Add((count + _bound * (_mostTexts - texts)) / _mostTexts);
}
