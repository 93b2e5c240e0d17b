using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Early;

/// <summary>One check on its way to an early decision.</summary>
internal sealed class EarlyRun
{
    // Texts beyond the one that settles the last rule are sent for nothing.
    private const int MostAhead = 256;

    private static readonly TextOutcome _nothing = new();

    private readonly IClassifier _classifier;
    private readonly ClassifierModel _model;
    private readonly Policy _policy;
    private readonly AuditOptions _options;
    private readonly EarlyOptions _early;
    private readonly TimeProvider _time;
    private readonly EarlyReader _reader;
    private readonly EarlySurvey _survey = new();
    private readonly AuditCount _count;
    private readonly long _began;
    private EarlyJudge? _judge;
    private long _lastReport;

    public EarlyRun(
        IClassifier classifier, ClassifierModel model, IReadOnlyList<DatasetSource> sources, Policy policy, AuditOptions options, EarlyOptions early, TimeProvider time)
    {
        (_classifier, _model, _policy, _early, _time) = (classifier, model, policy, early, time);
        _options = options with
        {
            Stream = options.Stream with { ExpectedModelHash = model.Facts.ContentHash, WindowTexts = Math.Min(options.Stream.WindowTexts, MostAhead) },
        };
        _reader = new EarlyReader(sources, options);
        _count = new AuditCount(model, options, sources) { OnRow = row => _judge?.Add(row.Span) };
        (_began, _lastReport) = (time.GetTimestamp(), time.GetTimestamp());
    }

    public async Task<GateResult> RunAsync(CancellationToken ct)
    {
        await SurveyAsync(ct).ConfigureAwait(false);
        CheckRows();
        var judge = new EarlyJudge(_policy, _model.Taxonomy, _survey, _options.MaxBadRowShare, _early.ErrorRate);
        _judge = judge;
        await DrawAsync(judge, ct).ConfigureAwait(false);
        return !judge.IsSettled || judge.Rows == _survey.Rows ? JudgeAll()
            : judge.HasTooManyBadRows ? throw TooManyBadRows(judge)
            : judge.Conclude(Build());
    }

    private async Task SurveyAsync(CancellationToken ct)
    {
        await foreach (var (row, _) in _reader.ReadAsync(ct).ConfigureAwait(false))
        {
            if (row.Texts.Count > 0)
            {
                _survey.AddRow([.. row.Texts.Select(static text => text.Scope)]);
                continue;
            }

            // Counted now, and passed over from now on: nothing is left to draw.
            _count.Add(new AuditText(row, 0), _nothing);
            if (row.IsDuplicate)
            {
                _survey.AddDuplicate();
            }
            else if (row.Rejected is not null)
            {
                _survey.AddRejected();
            }
        }
    }

    private async Task DrawAsync(EarlyJudge judge, CancellationToken ct)
    {
        var order = RowOrder.Of(_reader.Files);
        ulong? drawn = null;
        for (var draws = 0; draws < _early.MostDraws && !judge.IsSettled; draws++)
        {
            var draw = new RowDraw(drawn, Math.Max(_early.FirstRows, judge.Rows), _early.MostBytes);
            await foreach (var (row, number) in _reader.ReadAsync(ct).ConfigureAwait(false))
            {
                if (row.Texts.Count > 0)
                {
                    draw.Offer(row, order.PlaceOf(number));
                }
            }

            await ClassifyAsync(draw.Take(ref drawn).ToAsyncEnumerable(), judge, ct).ConfigureAwait(false);
            if (draw.IsLast)
            {
                return;
            }
        }

        if (!judge.IsSettled)
        {
            // In the files' order: no random order, so the judge hears nothing of it.
            _judge = null;
            await ClassifyAsync(Rest(order, drawn, ct), judge, ct).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<AuditRow> Rest(RowOrder order, ulong? drawn, CancellationToken ct) => _reader.ReadAsync(ct)
        .Where(item => item.Row.Texts.Count > 0 && !(order.PlaceOf(item.Number) <= drawn))
        .Select(static item => item.Row);

    private async Task ClassifyAsync(IAsyncEnumerable<AuditRow> rows, EarlyJudge judge, CancellationToken ct)
    {
        var texts = _classifier.ClassifyStreamAsync(
            rows.SelectMany(static row => row.Split()),
            static text => text.Text,
            _options.Stream,
            static text => text.Row.Place,
            ct);
        await foreach (var (text, outcome) in texts.ConfigureAwait(false))
        {
            foreach (var row in _count.Add(text, outcome))
            {
                if (_options.OnResult is { } onResult)
                {
                    await onResult(row, ct).ConfigureAwait(false);
                }
            }

            Report();
            if (judge.IsSettled)
            {
                return;
            }
        }
    }

    private GateResult JudgeAll()
    {
        AuditRunner.Judge(_count, _options);
        return GateEvaluator.Judge(Build(), _policy);
    }

    private Imprint Build() => _count.Build(_time.GetUtcNow(), _time.GetElapsedTime(_began));

    // What is known without a model: no row to classify, or too many that can't even be read.
    private void CheckRows()
    {
        if (_survey.Rows == 0)
        {
            AuditRunner.Judge(_count, _options);
        }

        if (_survey.Rejected > _options.MaxBadRowShare * _survey.RowsRead)
        {
            throw TooManyBadRows(null);
        }
    }

    private AuditException TooManyBadRows(EarlyJudge? judge)
    {
        var limit = ShareText.Percent((double)_options.MaxBadRowShare);
        var drawn = judge is null ? "" : FormattableString.Invariant($", and {judge.RowsRejected} of {judge.Rows} drawn at random could not be classified");
        return new AuditException(Diagnostic.Error(
            DiagnosticCatalogue.TooManyBadRows,
            default,
            FormattableString.Invariant($"{_survey.Rejected} of {_survey.RowsRead} rows could not be read{drawn}: more than {limit} of all. ")
            + $"The first one is {_count.FirstRejected} Mend the rows, name layout or fields, or allow more."));
    }

    private void Report()
    {
        if (_options.OnProgress is { } onProgress && _time.GetElapsedTime(_lastReport) >= _options.ProgressInterval)
        {
            _lastReport = _time.GetTimestamp();
            // How much is left nobody knows.
            onProgress(new AuditProgress(
                _count.RowsRead, _count.RowsRejected, _count.RowsDuplicate, _count.Texts, 0, null, _time.GetElapsedTime(_began)));
        }
    }
}
