using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace ValueImprint.Datasets.Formats;

/// <summary>Collects a column's values of one row group, and writes them.</summary>
internal sealed class ParquetColumnWriter
{
    private readonly List<Part> _parts = [];
    private readonly Func<JsonElement, bool> _add;

    public ParquetColumnWriter(ParquetColumn column)
    {
        (Field, _add) = column.Type switch
        {
            var type when type == typeof(string) => Plain(new DataField(column.Name, typeof(string), true), Text),
            var type when type == typeof(bool) => Plain(new DataField(column.Name, typeof(bool), true), Boolean),
            var type when type == typeof(int) => Plain(new DataField(column.Name, typeof(int), true), static value => Number<int>(value, value.TryGetInt32)),
            var type when type == typeof(long) => Plain(new DataField(column.Name, typeof(long), true), static value => Number<long>(value, value.TryGetInt64)),
            var type when type == typeof(float) => Plain(new DataField(column.Name, typeof(float), true), Single),
            var type when type == typeof(string[]) => OfList(column.Name),
            var type when type == typeof(Dictionary<string, float>) => OfMap(column.Name),
            _ => throw new ArgumentException($"A column can't be of {column.Type}.", nameof(column)),
        };
    }

    /// <summary>The column, as the file's schema has it.</summary>
    public Field Field { get; }

    /// <summary>Takes the column's member of a row.</summary>
    /// <returns>Whether it is of the column's type, absent or null.</returns>
    public bool TryAdd(JsonElement row) =>
        _add(row.ValueKind == JsonValueKind.Object && row.TryGetProperty(Field.Name, out var member) ? member : default);

    public async ValueTask WriteAsync(ParquetRowGroupWriter group)
    {
        foreach (var part in _parts)
        {
            await part.WriteAsync(group).ConfigureAwait(false);
        }
    }

    private (Field, Func<JsonElement, bool>) Plain<T>(DataField field, Func<JsonElement, T?> read)
        where T : struct
    {
        var part = Add<T>(field);
        return (field, value => part.Add(value, read, 0, 1));
    }

    private (Field, Func<JsonElement, bool>) OfList(string name)
    {
        var item = new DataField("element", typeof(string), true);
        var list = new ListField(name, item);
        var part = Add<ReadOnlyMemory<char>>(item);
        return (list, value =>
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                part.AddLevels(0, 0);
                return IsAbsent(value);
            }

            var position = 0;
            foreach (var element in value.EnumerateArray())
            {
                if (!part.Add(element, Text, position++ == 0 ? 0 : 1, 3))
                {
                    return false;
                }
            }

            if (position == 0)
            {
                part.AddLevels(0, 1);
            }

            return true;
        });
    }

    private (Field, Func<JsonElement, bool>) OfMap(string name)
    {
        var (key, score) = (new DataField("key", typeof(string), false), new DataField("value", typeof(float), true));
        var map = new MapField(name, key, score);
        var (keys, scores) = (Add<ReadOnlyMemory<char>>(key), Add<float>(score));
        return (map, value =>
        {
            if (value.ValueKind != JsonValueKind.Object || !value.EnumerateObject().MoveNext())
            {
                var level = value.ValueKind == JsonValueKind.Object ? 1 : 0;
                keys.AddLevels(0, level);
                scores.AddLevels(0, level);
                return level == 1 || IsAbsent(value);
            }

            var position = 0;
            foreach (var member in value.EnumerateObject())
            {
                var repetition = position++ == 0 ? 0 : 1;
                keys.AddLevels(repetition, 2);
                keys.Values.Add(member.Name.AsMemory());
                if (!scores.Add(member.Value, Single, repetition, 3))
                {
                    return false;
                }
            }

            return true;
        });
    }

    private Part<T> Add<T>(DataField field)
        where T : struct
    {
        var part = new Part<T>(field);
        _parts.Add(part);
        return part;
    }

    private static bool IsAbsent(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static ReadOnlyMemory<char>? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString().AsMemory() : (ReadOnlyMemory<char>?)null;

    private static bool? Boolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static float? Single(JsonElement value) => Number<float>(value, value.TryGetSingle);

    private static T? Number<T>(JsonElement value, TryGet<T> get)
        where T : struct => value.ValueKind == JsonValueKind.Number && get(out var number) ? number : null;

    private delegate bool TryGet<T>(out T number);

    private abstract class Part
    {
        public abstract ValueTask WriteAsync(ParquetRowGroupWriter group);
    }

    /// <summary>A column of plain values: those that are there, and for each entry the levels that say where.</summary>
    private sealed class Part<T>(DataField field) : Part
        where T : struct
    {
        private readonly List<int> _repetitions = [];
        private readonly List<int> _definitions = [];

        public List<T> Values { get; } = [];

        /// <summary>Adds a value at its full definition level, or null one below.</summary>
        public bool Add(JsonElement json, Func<JsonElement, T?> read, int repetition, int definition)
        {
            var value = read(json);
            AddLevels(repetition, value is null ? definition - 1 : definition);
            if (value is { } present)
            {
                Values.Add(present);
            }

            return value is not null || IsAbsent(json);
        }

        public void AddLevels(int repetition, int definition)
        {
            _repetitions.Add(repetition);
            _definitions.Add(definition);
        }

        public override async ValueTask WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAllPartsAsync<T>(
                field,
                Values.ToArray(),
                field.MaxDefinitionLevel > 0 ? _definitions.ToArray() : null,
                field.MaxRepetitionLevel > 0 ? _repetitions.ToArray() : null,
                CancellationToken.None).ConfigureAwait(false);
            Values.Clear();
            _repetitions.Clear();
            _definitions.Clear();
        }
    }
}
