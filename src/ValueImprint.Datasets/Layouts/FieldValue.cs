using System.Globalization;

namespace ValueImprint.Datasets.Layouts;

/// <summary>What kind of value a row has in a field.</summary>
internal enum FieldKind : byte
{
    Missing,
    Null,
    Text,
    Number,
    Boolean,
    List,
    Object,

    /// <summary>Something that nobody reads, and that was not decoded.</summary>
    Unread,
}

/// <summary>A field's value in the row at hand, with all that is nested in it; format readers make it, layouts read it.</summary>
internal readonly struct FieldValue
{
    private readonly object? _value;

    private FieldValue(FieldKind kind, object? value)
    {
        Kind = kind;
        _value = value;
    }

    public FieldKind Kind { get; }

    public static FieldValue Null => new(FieldKind.Null, null);

    public static FieldValue Unread => new(FieldKind.Unread, null);

    public static FieldValue OfText(string text) => new(FieldKind.Text, text);

    /// <summary>A number as it stands in the file, so that an id of twenty digits stays one.</summary>
    public static FieldValue OfNumber(string digits) => new(FieldKind.Number, digits);

    public static FieldValue OfBoolean(bool value) => new(FieldKind.Boolean, value ? bool.TrueString : null);

    public static FieldValue OfList(IReadOnlyList<FieldValue> items) => new(FieldKind.List, items);

    public static FieldValue OfObject(IReadOnlyList<KeyValuePair<string, FieldValue>> members) => new(FieldKind.Object, members);

    /// <summary>Neither absent nor null, nor a text, list or object with nothing in it.</summary>
    public bool HoldsSomething => Kind switch
    {
        FieldKind.Missing or FieldKind.Null => false,
        FieldKind.Text => !string.IsNullOrWhiteSpace(AsText),
        FieldKind.List => Items.Count > 0,
        FieldKind.Object => Members.Count > 0,
        _ => true,
    };

    public string? AsText => Kind == FieldKind.Text ? (string?)_value : null;

    public bool? AsBoolean => Kind == FieldKind.Boolean ? _value is not null : null;

    public IReadOnlyList<FieldValue> Items => _value as IReadOnlyList<FieldValue> ?? [];

    public IReadOnlyList<KeyValuePair<string, FieldValue>> Members => _value as IReadOnlyList<KeyValuePair<string, FieldValue>> ?? [];

    /// <summary>The value as an identifier: a text's or number's characters, else null.</summary>
    public string? AsIdentifier => Kind is FieldKind.Text or FieldKind.Number && _value is string { Length: > 0 } characters ? characters : null;

    /// <summary>An object's first member of these names that holds something; null never wins over a text.</summary>
    public FieldValue Of(params ReadOnlySpan<string> names)
    {
        var found = default(FieldValue);
        foreach (var name in names)
        {
            foreach (var (key, value) in Members)
            {
                if (key == name && value.Kind > FieldKind.Null)
                {
                    return value;
                }

                found = key == name && found.Kind == FieldKind.Missing ? value : found;
            }
        }

        return found;
    }

    /// <summary>
    /// The value at a path; nested names are set apart by dots, items of lists are named by number. A name that has a dot itself goes
    /// before a path.
    /// </summary>
    public FieldValue At(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty)
        {
            return this;
        }

        for (var end = path.Length; end > 0; end = path[..end].LastIndexOf('.'))
        {
            if (TryStep(path[..end], out var child))
            {
                return end == path.Length ? child : child.At(path[(end + 1)..]);
            }
        }

        return default;
    }

    /// <summary>Reads a number, also one that a CSV file holds as text; not a number and infinities are refused.</summary>
    public bool TryGetNumber(out double number)
    {
        number = 0;
        return Kind is FieldKind.Text or FieldKind.Number
            && double.TryParse((string?)_value, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    private bool TryStep(ReadOnlySpan<char> name, out FieldValue child)
    {
        foreach (var (key, value) in Members)
        {
            if (name.SequenceEqual(key))
            {
                child = value;
                return true;
            }
        }

        var isItem = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var item) && item < Items.Count;
        child = isItem ? Items[item] : default;
        return isItem;
    }
}
