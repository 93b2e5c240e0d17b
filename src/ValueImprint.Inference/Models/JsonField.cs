using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Models;

/// <summary>A JSON value that knows its file and its path, so that every complaint names both.</summary>
internal readonly struct JsonField(string file, string path, JsonElement element)
{
    private const long MostBytes = 512L << 20;

    public static JsonField ReadObject(string file)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            if (stream.Length > MostBytes)
            {
                throw new ModelPackageException(file, null, $"{stream.Length} bytes are more than the {MostBytes} that a JSON file may have.");
            }

            using var document = JsonDocument.Parse(stream);
            var root = new JsonField(file, "", document.RootElement.Clone());
            return root.Kind == JsonValueKind.Object ? root : throw root.Fault($"found {root.Name}, expected an object.");
        }
        catch (JsonException exception)
        {
            var place = string.Create(
                CultureInfo.InvariantCulture, $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
            throw new ModelPackageException(file, null, $"is not valid JSON ({place}).", exception);
        }
        catch (IOException exception)
        {
            throw new ModelPackageException(file, null, $"could not be read: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ModelPackageException(file, null, "could not be read: permission denied.", exception);
        }
    }

    public JsonElement Element => element;

    public JsonValueKind Kind => element.ValueKind;

    public string Path => path;

    public string File => file;

    private string Name => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {element.GetRawText()}",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };

    /// <summary>A member that is there and not null.</summary>
    public bool TryGet(string name, out JsonField member)
    {
        if (element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null)
        {
            member = Member(name, found);
            return true;
        }

        member = default;
        return false;
    }

    public JsonField Get(string name) =>
        TryGet(name, out var member) ? member : throw Member(name, default).Fault("is missing.");

    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Fault($"found {Name}, expected an object.");
        }

        foreach (var property in element.EnumerateObject())
        {
            yield return (property.Name, Member(property.Name, property.Value));
        }
    }

    public IEnumerable<JsonField> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            throw Fault($"found {Name}, expected a list.");
        }

        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            yield return new JsonField(file, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), item);
        }
    }

    /// <summary>An object's only members; any other name is refused, with the one that was probably meant.</summary>
    public JsonField Only(params string[] names)
    {
        foreach (var (name, member) in Members())
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                throw member.Fault($"is not known here. Known: {string.Join(", ", names)}.{NearestWord.Hint(name, names)}");
            }
        }

        return this;
    }

    public string Text() => Kind == JsonValueKind.String ? element.GetString()! : throw Fault($"found {Name}, expected a text.");

    public string Text(string name, string absent) => TryGet(name, out var member) ? member.Text() : absent;

    public bool Flag(string name, bool absent)
    {
        if (!TryGet(name, out var member))
        {
            return absent;
        }

        return member.Kind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw member.Fault($"found {member.Name}, expected true or false."),
        };
    }

    public long Integer(long least, long most) =>
        Kind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"found {Name}, expected a whole number from {least} to {most}."));

    public int Integer(string name, int least, int most, int absent) =>
        TryGet(name, out var member) ? (int)member.Integer(least, most) : absent;

    public double Number(double least, double most) =>
        Kind == JsonValueKind.Number && element.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"found {Name}, expected a number from {least} to {most}."));

    public double Number(string name, double least, double most, double absent) =>
        TryGet(name, out var member) ? member.Number(least, most) : absent;

    public ModelPackageException Fault(string problem) => new(file, path.Length == 0 ? null : path, problem);

    [DoesNotReturn]
    public void Refuse(string problem) => throw Fault(problem);

    private JsonField Member(string name, JsonElement found) => new(file, path.Length == 0 ? name : $"{path}.{name}", found);
}
