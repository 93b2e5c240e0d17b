using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets.Formats;

/// <summary>One row that is a JSON object, or a list whose items are fields named by number; its bytes must be valid UTF-8.</summary>
internal static class JsonRow
{
    /// <summary>A field that is read may be nested so deep; others as deep as they like.</summary>
    private const int MaxReadDepth = 64;

    private static readonly JsonReaderOptions _options = new() { MaxDepth = 1000 };

    /// <summary>Reads the fields that are wanted; all others are skipped without being decoded.</summary>
    public static RowFault? Read(ReadOnlySpan<byte> row, bool mayBeList, RowFields fields)
    {
        var fault = ReadStrict(row, mayBeList, fields);
        if (fault?.Reason != RejectionReason.InvalidJson || WithoutNaN(row) is not { } mended)
        {
            return fault;
        }

        // Python writes NaN and infinities as bare words; where nobody reads them they must not cost the row.
        fields.Clear();
        return ReadStrict(mended, mayBeList, fields);
    }

    private static RowFault? ReadStrict(ReadOnlySpan<byte> row, bool mayBeList, RowFields fields)
    {
        var reader = new Utf8JsonReader(row, _options);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, fields);
            }
            else if (reader.TokenType == JsonTokenType.StartArray && mayBeList)
            {
                ReadList(ref reader, fields);
            }
            else
            {
                return new(RejectionReason.NotAnObject, $"the row is {Describe(reader.TokenType)}; expected an object {{…}}.");
            }

            // Throws where something follows the object.
            reader.Read();
            return null;
        }
        catch (JsonException exception)
        {
            // The exception's own message may quote the row.
            var line = exception.LineNumber is > 0 and var number ? $" of its line {number + 1}" : "";
            return new(RejectionReason.InvalidJson, $"not well-formed JSON at byte {exception.BytePositionInLine + 1}{line}; expected one object.");
        }
        catch (InvalidDataException)
        {
            return new(RejectionReason.WrongType, $"a field is nested deeper than {MaxReadDepth} levels; expected texts or messages.");
        }
        catch (InvalidOperationException)
        {
            // Thrown for an escaped surrogate without its other half; invalid UTF-8 was ruled out before.
            return new(
                RejectionReason.InvalidUnicode,
                $"the string before byte {reader.BytesConsumed + 1} escapes half a surrogate pair; expected whole characters.");
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, RowFields fields)
    {
        for (var guess = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var index = IndexOf(ref reader, fields.Table, guess);
            guess = index + 1;
            reader.Read();
            Take(ref reader, fields, index);
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, RowFields fields)
    {
        for (var item = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
        {
            Take(ref reader, fields, fields.Table.GetOrAdd(item.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Take(ref Utf8JsonReader reader, RowFields fields, int index)
    {
        if (index >= 0 && fields.Table.IsWanted(index))
        {
            fields.Take(index, ReadValue(ref reader));
            return;
        }

        fields.Take(index, reader.TokenType == JsonTokenType.Null ? FieldValue.Null : FieldValue.Unread);
        reader.Skip();
    }

    private static int IndexOf(ref Utf8JsonReader reader, FieldTable table, int guess)
    {
        if (!reader.ValueIsEscaped && table.Find(reader.ValueSpan, guess) is >= 0 and var index)
        {
            return index;
        }

        try
        {
            return table.GetOrAdd(reader.GetString() ?? "");
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair is none that anybody wants.
            return -1;
        }
    }

    private static FieldValue ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return FieldValue.OfText(ReadTrimmed(ref reader));
            case JsonTokenType.Number:
                return FieldValue.OfNumber(Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return FieldValue.OfBoolean(reader.TokenType == JsonTokenType.True);
            case JsonTokenType.StartArray:
                var items = new List<FieldValue>();
                CheckDepth(reader.CurrentDepth);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader));
                }

                return FieldValue.OfList(items);
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, FieldValue>>();
                CheckDepth(reader.CurrentDepth);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString() ?? "";
                    reader.Read();
                    members.Add(new(name, ReadValue(ref reader)));
                }

                return FieldValue.OfObject(members);
            default:
                return FieldValue.Null;
        }
    }

    private static void CheckDepth(int depth)
    {
        if (depth > MaxReadDepth)
        {
            throw new InvalidDataException();
        }
    }

    /// <summary>Layouts trim every text: trimming before the string is made spares a copy of it.</summary>
    private static string ReadTrimmed(ref Utf8JsonReader reader)
    {
        // UTF-16 never takes more characters than UTF-8 takes bytes, nor do escapes.
        var characters = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var length = reader.CopyString(characters);
            return new string(characters.AsSpan(0, length).Trim());
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>The row with null in place of the bare words NaN, Infinity and -Infinity; null where it has none.</summary>
    private static byte[]? WithoutNaN(ReadOnlySpan<byte> row)
    {
        ArrayBufferWriter<byte>? mended = null;
        var copied = 0;
        var inString = false;
        for (var position = 0; position < row.Length; position++)
        {
            if (row[position] == '"')
            {
                inString = !inString;
            }
            else if (inString)
            {
                position += row[position] == '\\' ? 1 : 0;
            }
            else
            {
                var rest = row[position..];
                var length = rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
                if (length > 0)
                {
                    mended ??= new ArrayBufferWriter<byte>(row.Length + 64);
                    mended.Write(row[copied..position]);
                    mended.Write("null"u8);
                    copied = position + length;
                    position = copied - 1;
                }
            }
        }

        mended?.Write(row[copied..]);
        return mended?.WrittenSpan.ToArray();
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };
}
