using System.Buffers;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Chooses a layout by the names of fields, or says what is in the way. What a layout would pass over is in the way.</summary>
internal static class LayoutDetector
{
    private const int MaxListedFields = 20;
    private const int MaxNameLength = 40;
    private static readonly SearchValues<char> _notInNames = SearchValues.Create(" \t\r\n?!");

    /// <summary>Chooses the layout of a file by its first rows or its schema.</summary>
    /// <param name="file">For messages.</param>
    /// <param name="table">The fields.</param>
    /// <param name="forced">What was asked for, as a whole or in parts.</param>
    /// <exception cref="DatasetException">No layout fits, or none that reads all texts there are.</exception>
    public static (LayoutDetection Detection, Reading Reading) Detect(string file, FieldTable table, DatasetLayout? forced)
    {
        IReadOnlyList<string> names = [.. table.Names];
        if (forced is { IsPartial: false })
        {
            var asked = Reading.Bind(forced, names, forced.Mapping, out var lacking);
            asked.IsAsked = true;
            return lacking.Count == 0
                ? (new LayoutDetection(forced, true, $"layout {forced.Name}, as asked for{Unread(names, asked)}", names), asked)
                : throw Unfit($"{file}: the layout '{forced.Name}' needs {List(lacking)}, {Found(names)}.");
        }

        // Where records differ the first one's layout is the file's, and the others are read by their own.
        if (TryChoose(names, table.Filled, forced?.Mapping, out var reading, out var passedOver, out var nearest)
            || (reading is not null && TryChoose([.. table.FilledFirst], table.FilledFirst, forced?.Mapping, out reading, out passedOver, out _)))
        {
            var told = reading.Bound.Where(static bound => bound.IsRequired).Select(static bound => bound.Path);
            return (new LayoutDetection(reading.Layout, false, $"layout {reading.Layout.Name}, told by {string.Join(", ", told)}{Unread(names, reading)}", names), reading);
        }

        if (reading is not null)
        {
            throw Unfit(
                $"{file}: the fields fit the layout '{reading.Layout.Name}', which would leave out {Quoted(passedOver)}. Name the part it plays, "
                + $"such as --field prompt={passedOver[0]}, or name --layout {reading.Layout.Name} to read the file without it.");
        }

        var hint = nearest.Layout is { } near ? $" The nearest layout, '{near.Name}', lacks {List(nearest.Missing)}." : "";
        throw Unfit(
            $"{file}: no known layout fits: {Found(names)}.{hint} Layouts: {DatasetLayout.ValidNames}. "
            + "Name the fields with --field, such as --field text=body or --field chosen=answer.good --field rejected=answer.bad.");
    }

    /// <summary>Finds the first layout that reads all fields that matter.</summary>
    /// <param name="names">All fields.</param>
    /// <param name="filled">Those that hold something.</param>
    /// <param name="overrides">Parts that the user has named the field of.</param>
    /// <param name="reading">The layout; on failure the first one that would pass over something, or null.</param>
    /// <param name="passedOver">What it would pass over.</param>
    /// <param name="nearest">The layout that lacks least, where none fits.</param>
    public static bool TryChoose(
        IReadOnlyList<string> names,
        IReadOnlySet<string> filled,
        FieldMapping? overrides,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Reading? reading,
        out IReadOnlyList<string> passedOver,
        out (DatasetLayout? Layout, IReadOnlyList<LayoutPart> Missing) nearest)
    {
        (reading, passedOver, nearest) = (null, [], (null, []));
        var nearestShare = 0.0;
        foreach (var layout in DatasetLayout.Known)
        {
            var bound = Reading.Bind(layout, names, overrides, out var missing);
            if (missing.Count == 0 && (overrides is null || !Misses(bound, overrides)))
            {
                List<string> left = [.. filled.Where(name => KnownLayouts.Matters(name, layout) && !bound.Covers(name))];
                if (left.Count == 0)
                {
                    (reading, passedOver) = (bound, left);
                    return true;
                }

                (reading, passedOver) = reading is null ? (bound, left) : (reading, passedOver);
                continue;
            }

            var required = layout.Variants[0].Count(static part => part.IsRequired);
            var share = (double)(required - missing.Count) / required;
            if (share > nearestShare)
            {
                (nearest, nearestShare) = ((layout, missing), share);
            }
        }

        return false;
    }

    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Take(MaxListedFields).Select(static name => $"'{name}'"));

    /// <summary>Whether a part that the user named is none of the layout's.</summary>
    private static bool Misses(Reading reading, FieldMapping overrides) =>
        (overrides.Prompt is not null && !reading.Has(Part.Prompt)) || (overrides.Winner is not null && !reading.Has(Part.Winner));

    private static string Unread(IReadOnlyList<string> names, Reading reading)
    {
        List<string> unread = [.. names.Where(name => !reading.Covers(name))];
        return unread.Count == 0 || LooksLikeTexts(unread)
            ? ""
            : $"; not read: {string.Join(", ", unread.Take(MaxListedFields))}" + (unread.Count > MaxListedFields ? $" and {unread.Count - MaxListedFields} more" : "");
    }

    private static string List(IReadOnlyList<LayoutPart> missing) =>
        string.Join(" and ", missing.Select(part => string.Join(" or ", part.Names.Take(4).Select(name => $"'{name}'"))));

    /// <summary>The top-level fields; a file without a header line must not show its first row's texts here.</summary>
    private static string Found(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return "its first rows have no fields";
        }

        return LooksLikeTexts(names)
            ? $"its first row has {names.Count} columns whose names look like texts; is the header line missing?"
            : $"its fields are {Quoted(names)}" + (names.Count > MaxListedFields ? $" and {names.Count - MaxListedFields} more" : "");
    }

    private static bool LooksLikeTexts(IReadOnlyList<string> names) =>
        names.Any(static name => name.Length > MaxNameLength || name.AsSpan().ContainsAny(_notInNames));

    private static DatasetException Unfit(string message) => new(DatasetProblem.UnknownLayout, message);
}
