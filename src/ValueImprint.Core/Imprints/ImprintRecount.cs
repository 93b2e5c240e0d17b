using System.Diagnostics.CodeAnalysis;

namespace ValueImprint.Core.Imprints;

/// <summary>
/// Counts the recorded verdicts of an audit again with another abstention threshold, without the model. Also counts them as they were,
/// which has to give the audit's own counts: then no row is missing, added or changed.
/// </summary>
public sealed class ImprintRecount
{
    private readonly Imprint _audited;
    private readonly ImprintModel _model;
    private readonly Tallies _asAudited;
    private readonly Tallies _anew;

    /// <summary>Starts at zero.</summary>
    /// <param name="audited">The imprint that was counted of the same rows.</param>
    /// <param name="abstainBelow">Top score under which a text has no value, in [0, 1]; 0 never abstains.</param>
    /// <exception cref="ArgumentException">
    /// The threshold is out of range, or lower than that of a multi-label model's audit, which recorded no values of the texts below.
    /// </exception>
    public ImprintRecount(Imprint audited, double abstainBelow)
    {
        ArgumentNullException.ThrowIfNull(audited);
        if (!(abstainBelow is >= 0 and <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"The abstention threshold is {abstainBelow}; expected 0 to 1."));
        }

        if (audited.Model.ProblemType == ProblemType.MultiLabel && abstainBelow < audited.Model.AbstainBelow)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The audit of this multi-label model abstained below {audited.Model.AbstainBelow} and recorded no values there; ")
                + "expected a threshold that is not lower.");
        }

        _audited = audited;
        _model = audited.Model with { AbstainBelow = abstainBelow };
        _asAudited = new Tallies(audited.Model, audited.Taxonomy.Values.Count);
        _anew = new Tallies(_model, audited.Taxonomy.Values.Count);
    }

    /// <summary>Adds a row's texts with the values that the audit gave them.</summary>
    /// <exception cref="ArgumentException">A verdict does not fit model and taxonomy.</exception>
    public void AddRow(IReadOnlyList<TextVerdict> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _asAudited.Add([.. texts]);
        _anew.Add([.. texts.Select(Decide)]);
    }

    /// <summary>The imprint by the new threshold, if all rows of the audit were added, each once.</summary>
    /// <param name="run">When and with what the rows were counted again; the audit's units are kept.</param>
    /// <param name="imprint">The imprint.</param>
    /// <param name="problem">What does not fit, as a sentence.</param>
    public bool TryBuild(ImprintRun run, [NotNullWhen(true)] out Imprint? imprint, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(run);
        (imprint, problem) = (null, null);
        try
        {
            if (ImprintWriter.ContentHash(Build(_asAudited, _audited.Model, _audited.Run)) == ImprintWriter.ContentHash(_audited))
            {
                imprint = Build(_anew, _model, run);

                // One unit has the counts; which of several units has which can't be told any more, and their audit's hash still tells them apart.
                imprint = _audited.Units is [{ Counted.Count: 1 } only]
                    ? imprint.With([only with { Counted = new SortedDictionary<int, string> { [only.Counted.Keys.First()] = ImprintWriter.ContentHash(imprint) } }])
                    : imprint;
                return true;
            }
        }
        catch (ArgumentException)
        {
            // The sums of an imprint do not hold: said below, for people.
        }

        problem = FormattableString.Invariant($"The rows do not give the counts of their audit: it has {_audited.Texts} texts, and {_anew.Texts} are here. A row is missing, added or changed.");
        return false;
    }

    private TextVerdict Decide(TextVerdict text)
    {
        var top = 0;
        var scores = text.Scores.Span;
        for (var value = 1; value < scores.Length; value++)
        {
            top = scores[value] > scores[top] ? value : top;
        }

        return _model.AbstainBelow == _audited.Model.AbstainBelow ? text
            : scores.IsEmpty || scores[top] < _model.AbstainBelow ? text with { Values = default }
            : _model.ProblemType == ProblemType.SingleLabel ? text with { Values = new[] { top } }
            : text;
    }

    // What became of the rows does not depend on the threshold.
    private Imprint Build(Tallies tallies, ImprintModel model, ImprintRun run) =>
        new(model, _audited.Taxonomy, run, _audited.Units, _audited.Files, _audited.Rows, tallies.Scopes(), tallies.Pairs());

    private sealed class Tallies(ImprintModel model, int values)
    {
        private readonly ScopeTally[] _scopes = [.. TextScopes.All.Select(scope => new ScopeTally(scope, model, values))];
        private readonly PairTally _pairs = new(model.ProblemType, values);

        public long Texts { get; private set; }

        public void Add(TextVerdict[] texts)
        {
            foreach (var text in texts)
            {
                _scopes[(int)text.Scope].Check(text);
            }

            _pairs.AddRow(texts);
            foreach (var text in texts)
            {
                _scopes[(int)text.Scope].Add(text);
            }

            Texts += texts.Length;
        }

        public IReadOnlyList<ScopeCounts> Scopes() => [.. _scopes.Select(static tally => tally.Build())];

        public PairCounts Pairs() => _pairs.Build();
    }
}
