using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Documents;

/// <summary>A place in a JSON document: a member, or a character where the text itself is at fault.</summary>
/// <param name="Path">Such as <c>scopes[0].texts</c>; empty for the document as a whole.</param>
/// <param name="Line">From 1; 0 for a member.</param>
/// <param name="Column">In bytes, from 1; 0 for a member.</param>
public readonly record struct JsonPlace(string Path, int Line = 0, int Column = 0);

/// <summary>Makes the exception with which reading a document ends.</summary>
/// <param name="place">Where.</param>
/// <param name="problem">What was found and what was expected: the end of a sentence, with its full stop.</param>
public delegate Exception JsonFault(JsonPlace place, string problem);

/// <summary>
/// A value of a JSON document that knows its place and says of itself what is wrong. Strict: UTF-8 alone, no member twice, no half of a
/// surrogate pair in any name or text, so that reading a member never fails in another way than by the document's <see cref="JsonFault"/>.
/// </summary>
public readonly struct JsonField
{
    private readonly string _path;
    private readonly JsonFault _fault;

    private JsonField(JsonElement element, string path, JsonFault fault) => (Element, _path, _fault) = (element, path, fault);

    /// <summary>The value itself, to be copied as it is.</summary>
    public JsonElement Element { get; }

    /// <summary>What kind of value it is.</summary>
    public JsonValueKind Kind => Element.ValueKind;

    private string Found => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {Quote.Short(Element.GetRawText())}",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };

    /// <summary>Reads a document of limited size, whatever the stream says of its length.</summary>
    /// <param name="stream">UTF-8, with or without a byte-order mark; left open.</param>
    /// <param name="maxBytes">Most bytes that are read.</param>
    /// <param name="fault">Makes the exceptions.</param>
    /// <param name="maxDepth">Most levels of lists and objects within each other.</param>
    public static JsonField Read(Stream stream, int maxBytes, JsonFault fault, int maxDepth = 64)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (buffer.Length + read > maxBytes)
            {
                throw fault(new JsonPlace(""), FormattableString.Invariant($"is larger than the {maxBytes} bytes that are read of such a file."));
            }

            buffer.Write(chunk, 0, read);
        }

        return Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), fault, maxDepth);
    }

    /// <summary>As <see cref="Read"/>, of a document in memory.</summary>
    public static JsonField Parse(ReadOnlyMemory<byte> utf8, JsonFault fault, int maxDepth = 64)
    {
        utf8 = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(utf8.Span))
        {
            throw fault(new JsonPlace(""), "is not UTF-8.");
        }

        try
        {
            CheckStrings(utf8.Span, fault, maxDepth);
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = maxDepth });
            return new JsonField(document.RootElement.Clone(), "", fault);
        }
        catch (JsonException exception)
        {
            var place = new JsonPlace("", (int)(exception.LineNumber + 1 ?? 0), (int)(exception.BytePositionInLine + 1 ?? 0));
            throw fault(place, place.Line > 0 ? "is not valid JSON." : "holds a member twice.");
        }
    }

    // JsonElement finds half a surrogate pair when it is asked for the text, or for any member, and knows no place then.
    private static void CheckStrings(ReadOnlySpan<byte> utf8, JsonFault fault, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            try
            {
                _ = reader.ValueIsEscaped ? reader.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                var before = utf8[..(int)reader.TokenStartIndex];
                throw fault(
                    new JsonPlace("", before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n')),
                    "holds half of a surrogate pair ('\\ud800' to '\\udfff' alone), which is no text.");
            }
        }
    }

    /// <summary>A member that is there and not null.</summary>
    public bool TryGet(string name, out JsonField member)
    {
        RequireObject();
        var isThere = Element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null;
        member = isThere ? Member(name, found) : default;
        return isThere;
    }

    /// <summary>A member that must be there.</summary>
    public JsonField Get(string name) => TryGet(name, out var member) ? member : throw FaultAt(name, "is missing.");

    /// <summary>The members in the document's order, null ones included.</summary>
    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        RequireObject();
        var self = this;
        return Element.EnumerateObject().Select(member => (member.Name, self.Member(member.Name, member.Value)));
    }

    /// <summary>The items of a list.</summary>
    public IEnumerable<JsonField> Items()
    {
        var (path, fault) = (_path, _fault);
        return Kind == JsonValueKind.Array
            ? Element.EnumerateArray().Select((item, index) => new JsonField(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), fault))
            : throw Expected("a list");
    }

    /// <summary>Refuses members of any other name, with the one that was probably meant.</summary>
    public JsonField Only(params IReadOnlyCollection<string> names)
    {
        RequireObject();
        foreach (var member in Element.EnumerateObject().Where(member => !names.Contains(member.Name, StringComparer.Ordinal)))
        {
            throw FaultAt(member.Name, $"is not known here. Known: {string.Join(", ", names)}.{NearestWord.Hint(member.Name, names)}");
        }

        return this;
    }

    /// <summary>A text.</summary>
    public string Text() => Kind == JsonValueKind.String ? Element.GetString() ?? "" : throw Expected("a text");

    /// <summary>A member's text, or the given one where it is absent.</summary>
    public string Text(string name, string absent) => TryGet(name, out var member) ? member.Text() : absent;

    /// <summary>A text that fulfils a rule.</summary>
    /// <param name="check">What is wrong with it, as a sentence; <see langword="null"/>: nothing.</param>
    public string Matching(Func<string, string?> check) => check(Text()) is { } problem ? throw Fault(problem) : Text();

    /// <summary>One of the names of an enumeration, given in its order.</summary>
    public T OneOf<T>(IReadOnlyList<string> names)
        where T : struct, Enum
    {
        var text = Text();
        return Array.IndexOf([.. names], text) is >= 0 and var index
            ? (T)Enum.ToObject(typeof(T), index)
            : throw Fault($"found '{Quote.Short(text)}', expected one of {string.Join(", ", names)}.");
    }

    /// <summary>True or false.</summary>
    public bool Flag() => Kind is JsonValueKind.True or JsonValueKind.False ? Element.GetBoolean() : throw Expected("true or false");

    /// <summary>A member's truth value, or the given one where it is absent.</summary>
    public bool Flag(string name, bool absent) => TryGet(name, out var member) ? member.Flag() : absent;

    /// <summary>A whole number; from 0 unless told otherwise.</summary>
    public long WholeNumber(long least = 0, long most = long.MaxValue) =>
        Kind == JsonValueKind.Number && Element.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Expected(string.Create(
                CultureInfo.InvariantCulture, $"a whole number from {least}{(most == long.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" to {most}"))}"));

    /// <summary>A member's whole number, or the given one where it is absent.</summary>
    public int WholeNumber(string name, int least, int most, int absent) => TryGet(name, out var member) ? (int)member.WholeNumber(least, most) : absent;

    /// <summary>A number.</summary>
    public double Number(double least, double most) =>
        Kind == JsonValueKind.Number && Element.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Expected(string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    /// <summary>A member's number, or the given one where it is absent.</summary>
    public double Number(string name, double least, double most, double absent) =>
        TryGet(name, out var member) ? member.Number(least, most) : absent;

    /// <summary>The exception that says what is wrong with this value.</summary>
    public Exception Fault(string problem) => _fault(new JsonPlace(_path), problem);

    /// <summary>The exception that says what is wrong with a member, whether it is there or not.</summary>
    public Exception FaultAt(string name, string problem) => Member(name, default).Fault(problem);

    /// <summary>Throws <see cref="Fault"/>.</summary>
    [DoesNotReturn]
    public void Refuse(string problem) => throw Fault(problem);

    /// <summary>This value, if it is an object.</summary>
    public JsonField RequireObject() => Kind == JsonValueKind.Object ? this : throw Expected("an object");

    private Exception Expected(string what) => Fault($"found {Found}, expected {what}.");

    private JsonField Member(string name, JsonElement found) =>
        new(found, _path.Length == 0 ? Quote.Short(name) : $"{_path}.{Quote.Short(name)}", _fault);
}
