using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Gate.Early;

/// <summary>A small dataset with everything that makes counting hard: pairs, single texts, abstentions, stances, bad rows.</summary>
internal sealed class SimulatedRows
{
    private readonly SeededRandom _random;
    private readonly TextVerdict[][] _rows;
    private readonly long _unread;

    public SimulatedRows(int rows, ulong seed)
    {
        _random = new SeededRandom(seed);
        var (justice, missing, bad) = (_random.NextDouble() * 0.6, _random.NextDouble() * 0.2, _random.NextDouble() * 0.02);
        _rows = [.. Enumerable.Range(0, rows).Select(_ => Row(justice, missing, bad))];
        _unread = (long)(_random.NextDouble() * 3);
        Survey = new EarlySurvey();
        for (var row = 0; row < _unread; row++)
        {
            Survey.AddRejected();
        }

        foreach (var scopes in _rows.Select(static row => row.Select(static text => text.Scope).ToArray()))
        {
            Survey.AddRow(scopes.Length == 0 ? [TextScope.Chosen, TextScope.Rejected] : scopes);
        }
    }

    public EarlySurvey Survey { get; }

    /// <summary>The rows in random order; an empty one could not be classified.</summary>
    public IReadOnlyList<TextVerdict[]> Shuffled()
    {
        var rows = _rows.ToArray();
        for (var last = rows.Length - 1; last > 0; last--)
        {
            var other = (int)(_random.NextDouble() * (last + 1));
            (rows[last], rows[other]) = (rows[other], rows[last]);
        }

        return rows;
    }

    public Imprint Audit()
    {
        var builder = SampleImprints.Builder();
        for (var row = 0L; row < _unread; row++)
        {
            builder.AddRejected(0, row + 1, "missing-field");
        }

        foreach (var row in _rows)
        {
            if (row.Length == 0)
            {
                builder.AddRejected(0, builder.RowsRead + 1, "model-failed");
            }
            else
            {
                builder.AddRow(0, row);
            }
        }

        return builder.Build(SampleImprints.Run);
    }

    private TextVerdict[] Row(double justice, double missing, double bad) =>
        _random.NextDouble() < bad ? []
        : _random.NextDouble() < missing ? [Text(TextScope.Response, justice)]
        : [Text(TextScope.Chosen, justice), Text(TextScope.Rejected, justice)];

    private TextVerdict Text(TextScope scope, double justice)
    {
        var draw = _random.NextDouble();
        return SampleImprints.Text(
            scope,
            draw < justice ? SampleImprints.Justice : draw < 0.9 ? SampleImprints.Duty : null,
            _random.NextDouble() < 0.7 ? Stance.Upholds : Stance.Violates);
    }
}
