using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>By which layout each row of a file is read: the file's, unless the row has fields that it would pass over.</summary>
internal sealed class RowReadings(Reading main, FieldTable table, DatasetLayout? forced)
{
    /// <summary>So many sets of fields that are not the file's are remembered; rows that use texts as keys must not grow memory.</summary>
    private const int MaxSets = 256;

    private readonly Dictionary<string, (Reading? Reading, RowFault? Fault)> _others = new(StringComparer.Ordinal);
    private readonly HashSet<Reading> _used = [];

    /// <summary>The file's.</summary>
    public Reading Main => main;

    /// <summary>Each that rows were read by, in the order that merged imprints have them in.</summary>
    public IReadOnlyList<DatasetReading> Used =>
    [
        .. _used.Select(static reading => new DatasetReading(
            reading.Layout.Name,
            [.. reading.Bound.GroupBy(static bound => bound.Part).Select(static part => (part.Key.ToString().ToLowerInvariant(), string.Join(", ", part.Select(static bound => bound.Path))))]))
            .OrderBy(static reading => reading.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>The fields that none of them read.</summary>
    public IReadOnlyList<string> Unread =>
        [.. table.Names.Where(name => !_used.Any(reading => reading.Covers(name))).Order(StringComparer.Ordinal).Take(DatasetFileInfo.MaxUnread)];

    /// <summary>Chooses the layout of a row.</summary>
    /// <returns>Why there is none, or null.</returns>
    public RowFault? Choose(RowFields row, out Reading reading)
    {
        reading = main;
        var fault = forced is null or { IsPartial: true } && PassesOverSomething(row) ? ChooseOther(row, out reading) : null;
        _used.Add(reading);
        return fault;
    }

    private bool PassesOverSomething(RowFields row)
    {
        for (var index = 0; index < table.Count; index++)
        {
            if (row[index].Kind > FieldKind.Null && table.IsWanted(index) && !main.Covers(table.NameOf(index))
                && KnownLayouts.Matters(table.NameOf(index), main.Layout) && row[index].HoldsSomething)
            {
                return true;
            }
        }

        return false;
    }

    private RowFault? ChooseOther(RowFields row, out Reading reading)
    {
        var names = new List<string>();
        var filled = new HashSet<string>(StringComparer.Ordinal);
        var key = new StringBuilder();
        for (var index = 0; index < table.Count; index++)
        {
            if (row[index].Kind > FieldKind.Null)
            {
                names.Add(table.NameOf(index));
                key.Append(index).Append(row[index].HoldsSomething ? '+' : '-');
                if (row[index].HoldsSomething)
                {
                    filled.Add(table.NameOf(index));
                }
            }
        }

        if (!_others.TryGetValue(key.ToString(), out var choice))
        {
            choice = LayoutDetector.TryChoose(names, filled, forced?.Mapping, out var other, out var passedOver, out _)
                ? (Same(other), null)
                : (null, new RowFault(
                    RejectionReason.UnexpectedField,
                    other is null
                        ? $"the row has {LayoutDetector.Quoted(filled.Where(name => KnownLayouts.Matters(name, main.Layout) && !main.Covers(name)))} beside the file's fields, and no layout fits; name the parts with --field."
                        : $"the row has {LayoutDetector.Quoted(passedOver)}, which the layout '{other.Layout.Name}' would leave out; name the part with --field."));
            if (_others.Count < MaxSets)
            {
                _others[key.ToString()] = choice;
            }
        }

        reading = choice.Reading ?? main;
        return choice.Fault;
    }

    /// <summary>One for each layout and set of parts, however many sets of fields lead to it.</summary>
    private Reading Same(Reading other) =>
        _others.Values.Select(static choice => choice.Reading).Prepend(main)
            .FirstOrDefault(known => known is not null && known.Layout == other.Layout && known.Bound.SequenceEqual(other.Bound)) ?? other;
}
