using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate.Early;

/// <summary>A coverage rule on its way to be settled, row by row.</summary>
internal sealed class EarlyRule
{
    private readonly BoundRule<CoverageRule> _bound;
    private readonly CoverageRule _rule;
    private readonly EarlySurvey _survey;
    private readonly EarlyBound? _minimum;
    private readonly EarlyBound? _maximum;
    private long _count;
    private long _texts;

    /// <param name="bound">A rule that <see cref="EarlyLimits"/> does not refuse.</param>
    /// <param name="survey">What is drawn from.</param>
    /// <param name="level">Confidence of the ends that the rule may ask for.</param>
    /// <param name="errorRate">That of one risk.</param>
    public EarlyRule(BoundRule<CoverageRule> bound, EarlySurvey survey, ConfidenceLevel level, double errorRate)
    {
        (_bound, _rule, _survey) = (bound, bound.Rule, survey);
        IsHopeless = survey.Texts(_rule.Scope) < Math.Max(1, _rule.MinimumTexts);
        if (!IsHopeless)
        {
            _minimum = _rule.Minimum is { } minimum ? new EarlyBound(_rule, minimum, survey, level, errorRate) : null;
            _maximum = _rule.Maximum is { } maximum ? new EarlyBound(_rule, maximum, survey, level, errorRate) : null;
        }
    }

    /// <summary>How many of all rows it took; <see langword="null"/>: not settled yet.</summary>
    public long? SettledAfter { get; private set; }

    // The dataset has fewer texts than the rule asks for, whatever a model says of them.
    private bool IsHopeless { get; }

    /// <summary>How many error rates a rule takes.</summary>
    public static int Risks(CoverageRule rule) => ((rule.Minimum is null ? 0 : 1) + (rule.Maximum is null ? 0 : 1)) * EarlyBound.Risks(rule);

    /// <summary>Takes a row; one without texts was rejected.</summary>
    public void Add(ReadOnlySpan<TextVerdict> row)
    {
        var (count, texts) = (0, 0);
        foreach (var text in row)
        {
            if (_rule.Scope is null || _rule.Scope == text.Scope)
            {
                texts++;
                count += Counts(text) ? 1 : 0;
            }
        }

        (_count, _texts) = (_count + count, _texts + texts);
        _minimum?.Add(count, texts);
        _maximum?.Add(count, texts);
    }

    /// <summary>Looks whether it is settled now.</summary>
    /// <param name="rows">Rows taken so far.</param>
    /// <param name="mostLost">Most rows that can still be, or are, rejected by the server.</param>
    public void Settle(long rows, long mostLost)
    {
        if (SettledAfter is null && (IsHopeless || (HasTexts(mostLost) && AreBoundsSettled())))
        {
            SettledAfter = rows;
        }
    }

    /// <summary>What became of it, once it is settled.</summary>
    public CoverageOutcome Conclude(Imprint sample, EarlyDecision decision)
    {
        var share = new Share(_count, _texts);
        var broken = _minimum?.Side == SequenceSide.Below ? BrokenBound.Minimum
            : _maximum?.Side == SequenceSide.Above ? BrokenBound.Maximum
            : BrokenBound.None;
        var outcome = new CoverageOutcome
        {
            Id = _bound.Id,
            Rule = _rule,
            Values = [.. _bound.Values.Select(value => sample.Taxonomy.Values[value])],
            Share = share,
            Estimate = share.Value,
            Interval = SettledRange(broken),
            SettledAfter = SettledAfter,
            Broken = broken,
            Verdict = IsHopeless ? Verdict.Inconclusive : broken == BrokenBound.None ? Verdict.Pass : Findings.VerdictOf(_rule.Level),
        };
        return outcome with { Diagnostic = DiagnosticOf(outcome, decision) };
    }

    private bool Counts(in TextVerdict text)
    {
        if (_rule.Stance is { } stance && text.Stance != stance)
        {
            return false;
        }

        foreach (var value in text.Values.Span)
        {
            if (_bound.Values.Contains(value))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasTexts(long mostLost) => _texts >= _rule.MinimumTexts
        || _survey.Texts(_rule.Scope) - mostLost * _survey.MostTextsPerRow(_rule.Scope) >= _rule.MinimumTexts;

    // A broken bound settles the rule, unless the rule may be inconclusive because of the other one.
    private bool AreBoundsSettled() =>
        (_rule.OnStraddle == OnStraddle.Judge && (_minimum?.Side == SequenceSide.Below || _maximum?.Side == SequenceSide.Above))
        || (_minimum?.Side != SequenceSide.Open && _maximum?.Side != SequenceSide.Open);

    private Interval SettledRange(BrokenBound broken) => IsHopeless ? new Interval(0, 1) : broken switch
    {
        BrokenBound.Minimum => new Interval(0, _minimum!.Bound.Value), // Not null: it is the broken one.
        BrokenBound.Maximum => new Interval(_maximum!.Bound.Value, 1), // As above.
        _ => new Interval(_minimum?.Bound.Value ?? 0, _maximum?.Bound.Value ?? 1),
    };

    private Diagnostic? DiagnosticOf(CoverageOutcome outcome, EarlyDecision decision)
    {
        if (IsHopeless)
        {
            var texts = _survey.Texts(_rule.Scope);
            return Diagnostic.Error(
                texts == 0 ? DiagnosticCatalogue.MissingScope : DiagnosticCatalogue.TooFewTexts, _rule.Position, CoverageMessage.TooFewFor(outcome, texts));
        }

        return outcome.Broken == BrokenBound.None ? null : Findings.Of(
            outcome.Broken == BrokenBound.Minimum ? DiagnosticCatalogue.BelowMinimum : DiagnosticCatalogue.AboveMaximum,
            _rule.Level,
            _rule.Position,
            CoverageMessage.BrokenEarly(outcome, decision));
    }
}

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
