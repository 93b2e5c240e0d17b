namespace ValueImprint.Datasets.Layouts;

/// <summary>
/// The top-level fields of a file as they turn up, and which of them a layout may want: the values of all others are not decoded.
/// </summary>
internal sealed class FieldTable(Func<string, bool> isWanted)
{
    /// <summary>More names than any table has; rows that use texts as keys must not grow memory.</summary>
    private const int MaxNames = 1000;

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<(string Name, byte[] Utf8, bool IsWanted)> _fields = [];
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);

    public int Count => _fields.Count;

    public IEnumerable<string> Names => _fields.Select(static known => known.Name);

    /// <summary>Those that held something in the rows that were looked at.</summary>
    public IReadOnlySet<string> Filled => _filled;

    /// <summary>Those that held something in the first of these rows, in their order.</summary>
    public IReadOnlySet<string> FilledFirst { get; private set; } = new HashSet<string>();

    public void Fill(IEnumerable<int> indexes)
    {
        var names = indexes.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        FilledFirst = _filled.Count == 0 ? names : FilledFirst;
        _filled.UnionWith(names);
    }

    public string NameOf(int index) => _fields[index].Name;

    public bool IsWanted(int index) => _fields[index].IsWanted;

    /// <summary>The field's index; -1 where there are too many.</summary>
    public int GetOrAdd(string name)
    {
        if (_indexes.TryGetValue(name, out var index))
        {
            return index;
        }

        if (_fields.Count == MaxNames)
        {
            return -1;
        }

        _fields.Add((name, System.Text.Encoding.UTF8.GetBytes(name), isWanted(name)));
        return _indexes[name] = _fields.Count - 1;
    }

    /// <summary>The field's index by its name in UTF-8; -1 where it is not known yet.</summary>
    /// <param name="name">The name, without escapes.</param>
    /// <param name="guess">Where it is likely to be, because rows tend to have their fields in one order.</param>
    public int Find(ReadOnlySpan<byte> name, int guess)
    {
        if (guess < _fields.Count && name.SequenceEqual(_fields[guess].Utf8))
        {
            return guess;
        }

        for (var index = 0; index < _fields.Count; index++)
        {
            if (name.SequenceEqual(_fields[index].Utf8))
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>A row's values by the index that a <see cref="FieldTable"/> gives them.</summary>
internal sealed class RowFields(FieldTable table)
{
    private FieldValue[] _values = new FieldValue[16];

    public FieldTable Table => table;

    /// <summary>Of the fields that hold something in this row, whether it was decoded or not.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, table.Count).Where(index => this[index].Kind > FieldKind.Null).Select(table.NameOf);

    public FieldValue this[int index]
    {
        get => index < _values.Length ? _values[index] : default;
        set
        {
            if (index >= _values.Length)
            {
                Array.Resize(ref _values, Math.Max(index + 1, _values.Length * 2));
            }

            _values[index] = value;
        }
    }

    public void Clear() => Array.Clear(_values);

    /// <summary>Takes a value; null never wins over a value that the row has under the same name.</summary>
    public void Take(int index, FieldValue value)
    {
        if (index >= 0 && (value.Kind > FieldKind.Null || this[index].Kind <= FieldKind.Null))
        {
            this[index] = value;
        }
    }
}
