using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using static System.FormattableString;

namespace ValueImprint.Core.Gate.Early;

/// <summary>
/// Judges a dataset by a policy while its rows come in random order, and says as soon as every rule is settled. With a probability of at
/// least 1 − the error rate, over the random order, all rules are judged as a full audit judges them; of all rows, for certain, since
/// then it is the full audit that judges. The error rate is split evenly over the bounds of all rules and the share of
/// bad rows (Bonferroni). For one thread.
/// </summary>
public sealed class EarlyJudge
{
    private readonly Policy _policy;
    private readonly EarlySurvey _survey;
    private readonly double _errorRate;
    private readonly EarlyRule[] _rules;
    private readonly ConfidenceSequence? _badRows;
    private readonly long _mostBadRows;

    /// <summary>Begins with no row.</summary>
    /// <param name="policy">Its rules; none that <see cref="EarlyLimits.Check"/> or <see cref="Policy.Check"/> refuses.</param>
    /// <param name="taxonomy">That of the model.</param>
    /// <param name="survey">The dataset, read to its end; with rows to classify.</param>
    /// <param name="maxBadRowShare">Largest share of rows that may be rejected, in [0, 1].</param>
    /// <param name="errorRate">In (0, 1).</param>
    /// <exception cref="ArgumentException">The policy does not fit the taxonomy, or there is nothing to draw.</exception>
    public EarlyJudge(Policy policy, TaxonomyIdentity taxonomy, EarlySurvey survey, decimal maxBadRowShare, double errorRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(survey.Rows, 1, nameof(survey));
        var binding = new PolicyBinding(policy, taxonomy);
        if (binding.Diagnostics.Count > 0 || binding.Contrast.Count + binding.Drift.Count > 0)
        {
            throw new ArgumentException("The policy has rules that can't be judged here; check it first.", nameof(policy));
        }

        (_policy, _survey, _errorRate) = (policy, survey, errorRate);
        _mostBadRows = (long)Math.Floor(maxBadRowShare * survey.RowsRead) - survey.Rejected;
        var risk = errorRate / (1 + policy.Coverage.Sum(EarlyRule.Risks));
        _rules = [.. binding.Coverage.Select(bound => new EarlyRule(bound, survey, policy.Interval, risk))];

        // As many bad rows as rows: no row can be one too many.
        _badRows = _mostBadRows >= survey.Rows ? null : new ConfidenceSequence(survey.Rows, _mostBadRows + 1, _mostBadRows, risk);
        Settle();
    }

    /// <summary>Rows taken so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows taken so far that the server could not classify.</summary>
    public long RowsRejected { get; private set; }

    /// <summary>Nothing more needs to be looked at: every rule is settled, or too many rows are bad.</summary>
    public bool IsSettled => HasTooManyBadRows || (AreBadRowsFew && _rules.All(static rule => rule.SettledAfter is not null));

    /// <summary>It is settled that more rows are rejected than may be.</summary>
    public bool HasTooManyBadRows => _mostBadRows < 0 || _badRows?.Side == SequenceSide.Above;

    private bool AreBadRowsFew => _badRows is null || _badRows.Side == SequenceSide.Below;

    /// <summary>Takes the next row of the random order.</summary>
    /// <param name="texts">Its verdicts; none: the row was rejected.</param>
    public void Add(ReadOnlySpan<TextVerdict> texts)
    {
        Rows++;
        RowsRejected += texts.IsEmpty ? 1 : 0;
        _badRows?.Add(texts.IsEmpty ? 1 : 0);
        foreach (var rule in _rules)
        {
            rule.Add(texts);
        }

        Settle();
    }

    /// <summary>The verdict, once it is settled.</summary>
    /// <param name="sample">The rows taken, for the names of model and taxonomy; a report must not take it for the dataset's imprint.</param>
    /// <exception cref="InvalidOperationException">It is not settled, or too many rows are bad.</exception>
    public GateResult Conclude(Imprint sample)
    {
        if (!IsSettled || HasTooManyBadRows)
        {
            throw new InvalidOperationException("There is no verdict yet.");
        }

        var decision = new EarlyDecision(Rows, _survey.RowsRead, _errorRate);
        CoverageOutcome[] outcomes = [.. _rules.Select(rule => rule.Conclude(sample, decision))];
        return new GateResult
        {
            Imprint = sample,
            Policy = _policy,
            Rules = outcomes,
            Verdict = outcomes.Max(static outcome => outcome.Verdict),
            Diagnostics = [.. outcomes.Select(static outcome => outcome.Diagnostic).OfType<Diagnostic>()],
            Early = decision,
        };
    }

    private void Settle()
    {
        var mostLost = AreBadRowsFew ? Math.Min(_mostBadRows, _survey.Rows) : _survey.Rows;
        foreach (var rule in _rules)
        {
            rule.Settle(Rows, mostLost);
        }
    }
}

/// <summary>How an early decision came about: the verdict is about all rows, and stands on some of them.</summary>
/// <param name="RowsNeeded">Rows that were looked at, drawn in random order, until every rule was settled.</param>
/// <param name="RowsRead">All rows of the dataset.</param>
/// <param name="ErrorRate">The most probable it is, over the random order, that a full audit says otherwise of any rule.</param>
public sealed record EarlyDecision(long RowsNeeded, long RowsRead, double ErrorRate)
{
    /// <summary>A sentence for people.</summary>
    public string Summary => Invariant($"Settled by {RowsNeeded:N0} of {RowsRead:N0} rows in random order; a full audit would say otherwise with a ")
        + $"probability of at most {ShareText.Percent(ErrorRate)}.";
}
