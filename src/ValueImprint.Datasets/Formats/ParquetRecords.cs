using System.Globalization;
using System.Text.Json;
using Parquet.Data;
using Parquet.Schema;

namespace ValueImprint.Datasets.Formats;

/// <summary>
/// Some columns of a row group, put together row by row as JSON objects, so that nested columns are read by what reads all other
/// JSON. Repetition and definition levels are those of Dremel (Melnik et al., VLDB 2010).
/// </summary>
internal sealed class ParquetRecords : IDisposable
{
    private readonly List<ParquetLeaf> _leaves = [];
    private readonly List<Field> _fields = [];
    private readonly Dictionary<Field, ParquetLeaf> _first = [];

    /// <summary>Rows in the group.</summary>
    public long Count { get; set; }

    public void Add(ParquetLeaf leaf)
    {
        _leaves.Add(leaf);
        foreach (var field in leaf.Path)
        {
            _first.TryAdd(field, leaf);
        }
    }

    public void Add(Field field) => _fields.Add(field);

    /// <summary>Writes the next row.</summary>
    /// <returns>The column that holds bytes which are not UTF-8, or null.</returns>
    public string? WriteNext(Utf8JsonWriter json)
    {
        string? broken = null;
        json.WriteStartObject();
        foreach (var field in _fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field, ref broken);
        }

        json.WriteEndObject();
        return broken;
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves)
        {
            leaf.Values?.Dispose();
        }
    }

    private void Write(Utf8JsonWriter json, Field field, ref string? broken)
    {
        if (!_first.TryGetValue(field, out var first))
        {
            json.WriteNullValue();
            return;
        }

        var level = first.DefinitionLevel;
        switch (field)
        {
            case StructField group when level >= field.MaxDefinitionLevel:
                json.WriteStartObject();
                foreach (var child in group.Fields)
                {
                    json.WritePropertyName(child.Name);
                    Write(json, child, ref broken);
                }

                json.WriteEndObject();
                break;
            case ListField or DataField { IsArray: true } when level >= field.MaxDefinitionLevel:
                json.WriteStartArray();
                do
                {
                    if (field is ListField list)
                    {
                        Write(json, list.Item, ref broken);
                    }
                    else
                    {
                        first.WriteValue(json, ref broken);
                    }
                }
                while (first.RepetitionLevel >= field.MaxRepetitionLevel);
                json.WriteEndArray();
                break;
            case MapField map when level >= field.MaxDefinitionLevel:
                json.WriteStartObject();
                do
                {
                    json.WritePropertyName(_first[map.Key].ReadKey());
                    Write(json, map.Value, ref broken);
                }
                while (first.RepetitionLevel >= field.MaxRepetitionLevel);
                json.WriteEndObject();
                break;
            case DataField when level >= field.MaxDefinitionLevel:
                first.WriteValue(json, ref broken);
                break;
            default:
                Skip(field);

                WriteEmpty(json, field, isNull: level < field.MaxDefinitionLevel - 1);

                break;
        }
    }

    /// <summary>The last definition level of a list says that it has an item; the one below, that it has none.</summary>
    private static void WriteEmpty(Utf8JsonWriter json, Field field, bool isNull)
    {
        if (isNull || field is StructField or DataField { IsArray: false })
        {
            json.WriteNullValue();
        }
        else if (field is MapField)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
    }

    private void Skip(Field field)
    {
        foreach (var leaf in _leaves)
        {
            if (leaf.Path.Contains(field))
            {
                leaf.Skip();
            }
        }
    }
}

/// <summary>A column of plain values, and how far it was read.</summary>
/// <param name="path">From the top-level column to the plain one.</param>
internal sealed class ParquetLeaf(IReadOnlyList<Field> path)
{
    private int _entry;
    private int _value;

    public IReadOnlyList<Field> Path => path;

    public string Name => Column.Path.ToString();

    public DataField Column { get; } = (DataField)path[^1];

    public RawColumnData? Values { get; set; }

    public int DefinitionLevel => Column.MaxDefinitionLevel == 0 ? 0 : Raw.DefinitionLevels[_entry];

    /// <summary>That of the next value; -1 behind the last one.</summary>
    public int RepetitionLevel => _entry < Raw.RepetitionLevels.Length ? Raw.RepetitionLevels[_entry] : -1;

    private RawColumnData Raw => Values ?? throw new InvalidOperationException("The column was not read.");

    /// <summary>The plain columns of a top-level one.</summary>
    public static IEnumerable<ParquetLeaf> Of(Field field, params Field[] above)
    {
        Field[] path = [.. above, field];
        IEnumerable<Field> children = field switch
        {
            DataField => [],
            StructField group => group.Fields,
            ListField list => [list.Item],
            MapField map => [map.Key, map.Value],
            _ => throw new NotSupportedException("A column of an unknown kind."),
        };
        return field is DataField ? [new ParquetLeaf(path)] : children.SelectMany(child => Of(child, path));
    }

    public void Skip() => _entry++;

    public void WriteValue(Utf8JsonWriter json, ref string? broken)
    {
        _entry++;
        var index = _value++;
        switch (Raw)
        {
            case RawColumnData<ReadOnlyMemory<byte>> bytes:
                var text = bytes.Values[index].Span;
                if (System.Text.Unicode.Utf8.IsValid(text))
                {
                    json.WriteStringValue(text);
                }
                else
                {
                    broken ??= Name;
                    json.WriteNullValue();
                }

                break;
            case RawColumnData<bool> booleans:
                json.WriteBooleanValue(booleans.Values[index]);
                break;
            case RawColumnData<float> singles when float.IsFinite(singles.Values[index]):
                json.WriteNumberValue(singles.Values[index]);
                break;
            case RawColumnData<double> doubles when double.IsFinite(doubles.Values[index]):
                json.WriteNumberValue(doubles.Values[index]);
                break;
            case RawColumnData<float> or RawColumnData<double>:
                json.WriteStringValue("NaN");
                break;
            default:
                var value = Boxed(index);
                if (value is sbyte or byte or short or ushort or int or uint or long or ulong or decimal)
                {
                    json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                }
                else
                {
                    json.WriteStringValue(value is IFormattable other ? other.ToString(null, CultureInfo.InvariantCulture) : value?.ToString());
                }

                break;
        }
    }

    /// <summary>The next value as a JSON member's name.</summary>
    public string ReadKey()
    {
        _entry++;
        var index = _value++;
        return Raw switch
        {
            RawColumnData<ReadOnlyMemory<byte>> bytes => System.Text.Encoding.UTF8.GetString(bytes.Values[index].Span),
            _ => Convert.ToString(Boxed(index), CultureInfo.InvariantCulture) ?? "",
        };
    }

    private object? Boxed(int index) => Raw switch
    {
        RawColumnData<int> values => values.Values[index],
        RawColumnData<long> values => values.Values[index],
        RawColumnData<sbyte> values => values.Values[index],
        RawColumnData<byte> values => values.Values[index],
        RawColumnData<short> values => values.Values[index],
        RawColumnData<ushort> values => values.Values[index],
        RawColumnData<uint> values => values.Values[index],
        RawColumnData<ulong> values => values.Values[index],
        RawColumnData<decimal> values => values.Values[index],
        RawColumnData<Guid> values => values.Values[index],
        RawColumnData<DateTime> values => values.Values[index].ToString("O", CultureInfo.InvariantCulture),
        RawColumnData<DateOnly> values => values.Values[index].ToString("O", CultureInfo.InvariantCulture),
        RawColumnData<TimeOnly> values => values.Values[index].ToString("O", CultureInfo.InvariantCulture),
        RawColumnData<TimeSpan> values => values.Values[index].ToString("c", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException("A column of a type that has no JSON."),
    };
}
