namespace ValueImprint.Datasets.Layouts;

/// <summary>What a field is to a layout.</summary>
internal enum Part
{
    /// <summary>What is asked.</summary>
    Prompt,

    /// <summary>What the prompt is applied to; goes behind it.</summary>
    Input,

    /// <summary>Earlier turns; go in front of the prompt.</summary>
    History,

    Chosen,
    Rejected,
    Response,
    Text,

    /// <summary>The first of two answers, of which another field tells the better one.</summary>
    First,
    Second,

    /// <summary>Which of two answers is better, or how much.</summary>
    Winner,

    /// <summary>Further votes on it.</summary>
    Votes,
    FirstScore,
    SecondScore,

    /// <summary>A list of answers with scores or ranks.</summary>
    Answers,

    /// <summary>A label of the text, or whether it is wanted.</summary>
    Label,
    Id,

    /// <summary>Repeats what other parts say; a row in which it says something else is rejected.</summary>
    Beside,

    /// <summary>Known to change no text: an instruction of the system.</summary>
    System,

    /// <summary>One of many fields that the layout finds by name.</summary>
    Turn,
}

/// <summary>A field that a layout reads.</summary>
/// <param name="Part">What it is.</param>
/// <param name="IsRequired">Whether files without it are not of the layout.</param>
/// <param name="Names">The names it goes by, the most usual first; the first that a file has, and that no other part has taken, is it.</param>
internal sealed record LayoutPart(Part Part, bool IsRequired, params string[] Names)
{
    public static LayoutPart Need(Part part, params string[] names) => new(part, true, names);

    public static LayoutPart May(Part part, params string[] names) => new(part, false, names);
}

/// <summary>A layout's parts under the names that a file has them by.</summary>
internal sealed class Reading
{
    private readonly List<(LayoutPart Part, string Path)> _bound;
    private readonly Dictionary<string, List<(int Index, string Below)>> _places = new(StringComparer.Ordinal);
    private int _known;

    private Reading(DatasetLayout layout, List<(LayoutPart, string)> bound)
    {
        Layout = layout;
        _bound = bound;
    }

    public DatasetLayout Layout { get; }

    /// <summary>The user named the layout, and so left out what it doesn't read.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Each part that a field plays, in the layout's order.</summary>
    public IEnumerable<(Part Part, bool IsRequired, string Path)> Bound => _bound.Select(static pair => (pair.Part.Part, pair.Part.IsRequired, pair.Path));

    /// <summary>Binds a layout to names, by its variant that lacks least.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="names">The names that there are.</param>
    /// <param name="overrides">Parts that the user has named the field of.</param>
    /// <param name="missing">What is required and absent.</param>
    public static Reading Bind(DatasetLayout layout, IReadOnlyList<string> names, FieldMapping? overrides, out IReadOnlyList<LayoutPart> missing)
    {
        (Reading Reading, IReadOnlyList<LayoutPart> Missing)? best = null;
        foreach (var variant in layout.Variants)
        {
            var reading = Bind(layout, variant, names, overrides, out var lacking);
            best = best is null || lacking.Count < best.Value.Missing.Count ? (reading, lacking) : best;
            if (lacking.Count == 0)
            {
                break;
            }
        }

        missing = best!.Value.Missing; // A layout has a variant.
        return best.Value.Reading;
    }

    /// <summary>Whether one of the parts stands at the field, or somewhere in it.</summary>
    public bool Covers(string name) =>
        _bound.Exists(bound => bound.Path == name || (bound.Path.Length > name.Length && bound.Path[name.Length] == '.' && bound.Path.StartsWith(name, StringComparison.Ordinal)));

    public bool Has(Part part) => _bound.Exists(bound => bound.Part.Part == part);

    /// <summary>The name of a part's field as messages give it.</summary>
    public string NameOf(Part part) => _bound.Find(bound => bound.Part.Part == part).Path ?? "";

    public FieldValue this[RowFields row, Part part] => Has(part) ? At(row, NameOf(part)) : default;

    /// <summary>The value at a path; of a name with a dot and a path the name goes first.</summary>
    public FieldValue At(RowFields row, string path)
    {
        // New fields may turn up in any row.
        if (_known != row.Table.Count)
        {
            _known = row.Table.Count;
            _places.Clear();
        }

        if (!_places.TryGetValue(path, out var places))
        {
            _places[path] = places = [.. PlacesOf(row.Table, path).OrderBy(static place => place.Below.Length)];
        }

        var found = default(FieldValue);
        foreach (var (index, below) in places)
        {
            var value = row[index].At(below);
            if (value.Kind > FieldKind.Null)
            {
                return value;
            }

            found = found.Kind == FieldKind.Missing ? value : found;
        }

        return found;
    }

    /// <summary>The paths of all fields that a part has, in the row's order of parts.</summary>
    public IEnumerable<string> PathsOf(Part part) => _bound.Where(bound => bound.Part.Part == part).Select(static bound => bound.Path);

    private static IEnumerable<(int Index, string Below)> PlacesOf(FieldTable table, string path)
    {
        for (var index = 0; index < table.Count; index++)
        {
            var name = table.NameOf(index);
            if (name == path)
            {
                yield return (index, "");
            }
            else if (path.Length > name.Length && path[name.Length] == '.' && path.StartsWith(name, StringComparison.Ordinal))
            {
                yield return (index, path[(name.Length + 1)..]);
            }
        }
    }

    private static Reading Bind(
        DatasetLayout layout, IReadOnlyList<LayoutPart> parts, IReadOnlyList<string> names, FieldMapping? overrides, out IReadOnlyList<LayoutPart> missing)
    {
        var bound = new List<(LayoutPart, string)>();
        var taken = new HashSet<string>(overrides?.Paths ?? [], StringComparer.Ordinal);
        var lacking = new List<LayoutPart>();
        foreach (var part in parts)
        {
            if (overrides?.PathOf(part.Part) is { } path)
            {
                bound.Add((part, path));
                if (part.IsRequired && !names.Any(name => path == name || path.StartsWith(name + ".", StringComparison.Ordinal)))
                {
                    lacking.Add(part with { Names = [path] });
                }

                continue;
            }

            // All fields that may repeat the others, or the one that plays the part.
            var found = part.Part is Part.Beside or Part.Turn or Part.System
                ? part.Names.Select(name => Find(names, taken, name)).OfType<string>()
                : part.Names.Select(name => Find(names, taken, name)).OfType<string>().Take(1);
            var count = bound.Count;
            foreach (var name in found.ToList())
            {
                taken.Add(name);
                bound.Add((part, name));
            }

            if (bound.Count == count && part.IsRequired)
            {
                lacking.Add(part);
            }
        }

        missing = lacking;
        return new Reading(layout, bound);
    }

    /// <summary>The file's own spelling: exact case goes before any case.</summary>
    private static string? Find(IReadOnlyList<string> names, HashSet<string> taken, string wanted) =>
        names.FirstOrDefault(name => name == wanted && !taken.Contains(name))
        ?? names.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase) && !taken.Contains(name));
}
