using System.Globalization;
using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Gate;

namespace ValueImprint.Core.Imprints;

/// <summary>A member of an imprint's JSON that knows its path, and reads itself or says what is wrong.</summary>
internal readonly partial struct ImprintElement(JsonElement json, string path = "$")
{
    /// <summary>A member that must be there.</summary>
    public ImprintElement this[string name] => TryGet(name) ?? throw Fault($"the member '{name}' is missing");

    public ImprintElement? TryGet(string name) =>
        json.ValueKind != JsonValueKind.Object ? throw Fault("an object was expected")
        : json.TryGetProperty(name, out var member) ? new ImprintElement(member, $"{path}.{name}")
        : null;

    /// <summary>Refuses members that the schema doesn't know.</summary>
    public ImprintElement Only(params ReadOnlySpan<string> names)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Fault("an object was expected");
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw Fault($"the member '{Quote.Short(member.Name)}' is not part of the schema");
            }
        }

        return this;
    }

    public IEnumerable<ImprintElement> Items()
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Fault("a list was expected");
        }

        return Enumerate(json, path);

        static IEnumerable<ImprintElement> Enumerate(JsonElement list, string path)
        {
            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                yield return new ImprintElement(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
            }
        }
    }

    public IEnumerable<KeyValuePair<string, ImprintElement>> Members()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Fault("an object was expected");
        }

        var prefix = path;
        return json.EnumerateObject().Select(member =>
            KeyValuePair.Create(member.Name, new ImprintElement(member.Value, $"{prefix}.{member.Name}")));
    }

    public bool IsNull => json.ValueKind == JsonValueKind.Null;

    public string Text() => json.ValueKind == JsonValueKind.String && json.GetString() is { } text
        ? text
        : throw Fault("a text was expected");

    public bool Flag() => json.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? json.GetBoolean()
        : throw Fault("true or false was expected");

    /// <summary>A whole number from 0.</summary>
    public long Count() => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var count) && count >= 0
        ? count
        : throw Fault("a whole number from 0 was expected");

    /// <summary>A whole number from 0 that is below a limit.</summary>
    public int Index(int limit) => Count() is var index && index < limit
        ? (int)index
        : throw Fault(string.Create(CultureInfo.InvariantCulture, $"a whole number below {limit} was expected"));

    public double Number(double least, double most) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most} was expected"));

    public T OneOf<T>(string[] names)
        where T : struct, Enum =>
        Array.IndexOf(names, Text()) is >= 0 and var index
            ? (T)Enum.ToObject(typeof(T), index)
            : throw Fault($"one of {string.Join(", ", names)} was expected");

    public string Matching(Func<string, string?> check) =>
        check(Text()) is { } problem ? throw Fault(problem) : Text();

    public InvalidImprintException Fault(string what) =>
        new(DiagnosticCatalogue.InvalidImprint, $"Not a valid imprint: at {path} {what}.");
}
